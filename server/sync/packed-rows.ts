import { type RawBuilder, sql } from 'kysely'
import type { TableName } from '../../shared/domain/tables.ts'
import { PACKED_PAGE_ROWS } from '../../shared/sync/packed-page.ts'
import type { AccessLevel } from '../../shared/sync/pull.ts'
import { fieldsOf, snakeCase } from '../db/columns.ts'
import type { Tx } from '../db/open-database.ts'
import { FIRM_SCOPE } from './write-changes.ts'

/** Where a snapshot goes on: behind this row of this household. */
export interface Place {
  readonly scopeId: string
  readonly table: string
  readonly id: string
}

/** @property access null = a table of the firm, which the role alone decides on */
export interface WantedTable {
  readonly scopeId: string
  readonly table: TableName
  readonly access: AccessLevel | null
}

export interface SnapshotPage {
  readonly tables: readonly { readonly table: TableName; readonly rowsJson: string }[]
  readonly householdIds: readonly string[]
  readonly rowCount: number
  readonly last: Place | null // null = nothing behind this page
}

/** Names of a packed row's values, in the order in which `rowValues` writes them. */
export const packedKeys = (table: TableName): readonly string[] => [...fieldsOf(table).map(([field]) => field), 'seq']

/** A row as a JSON array in text: it passes through the server without being read. */
const rowValues = (table: TableName): RawBuilder<string> =>
  sql.raw(
    `json_build_array(${packedKeys(table)
      .map((field) => `r.${snakeCase(field)}`)
      .join(', ')})::text`,
  )

/** `mayReadEntry` of the entry `e`, in SQL. */
const mayReadEntry = (actorId: string): RawBuilder<boolean> =>
  sql`(NOT e.is_confidential OR p.access IN ('lead', 'comply') OR e.author_id = ${actorId}::uuid OR e.colleague_ids ? ${actorId})`

/** The rows of a table among the places `p`, reduced to what the person may read; says the same as `isVisible`. */
function visibleRows(table: TableName, actorId: string): RawBuilder<unknown> {
  const rows = sql`${sql.table(snakeCase(table))} r`
  const entry = sql`LEFT JOIN contact_entries e ON e.id = r.entry_id`
  switch (table) {
    case 'contactEntries':
      return sql`places p JOIN ${rows} ON r.id = p.row_id CROSS JOIN LATERAL (SELECT r.*) e WHERE ${mayReadEntry(actorId)}`
    case 'followUps':
      return sql`places p JOIN ${rows} ON r.id = p.row_id ${entry}
        WHERE (e.id IS NULL OR p.access = 'control' OR ${mayReadEntry(actorId)} OR r.assignee_id = ${actorId}::uuid OR r.author_id = ${actorId}::uuid)`
    case 'outcomeClaims':
      return sql`places p JOIN ${rows} ON r.id = p.row_id ${entry}
        WHERE (e.id IS NULL OR p.access = 'control' OR ${mayReadEntry(actorId)} OR r.maker_id = ${actorId}::uuid
          OR r.credit_split @> jsonb_build_array(jsonb_build_object('colleagueId', ${actorId}::text)))`
    default:
      return sql`places p JOIN ${rows} ON r.id = p.row_id WHERE true`
  }
}

const tableRows = (table: TableName, actorId: string): RawBuilder<unknown> =>
  sql`SELECT ${table} AS "table", string_agg(${rowValues(table)}, ',') AS "rowsJson", count(*)::int AS "rowCount", array_agg(DISTINCT p.scope_id) AS "scopeIds", NULL::jsonb AS last
    FROM ${visibleRows(table, actorId)} AND p.table_name = ${table}`

interface Found {
  readonly table: TableName | null
  readonly rowsJson: string | null
  readonly rowCount: number
  readonly scopeIds: readonly string[] | null
  readonly last: Place | null
}

/** The next page of the wanted tables, oldest place first: one statement, and one text a table. */
export async function selectSnapshotPage(tx: Tx, wanted: readonly WantedTable[], after: Place, actorId: string): Promise<SnapshotPage> {
  const tables = [...new Set(wanted.map((w) => w.table))]
  if (tables.length === 0) return { tables: [], householdIds: [], rowCount: 0, last: null }
  const { rows } = await sql<Found>`
    WITH found AS MATERIALIZED (
      SELECT f.scope_id, f.table_name, f.row_id, w.access, row_number() OVER (ORDER BY f.scope_id, f.table_name, f.row_id) AS i
      FROM feed f JOIN unnest(${wanted.map((w) => w.scopeId)}::uuid[], ${wanted.map((w) => w.table)}::text[], ${wanted.map((w) => w.access ?? 'firm')}::text[])
        AS w(scope_id, table_name, access) USING (scope_id, table_name)
      WHERE NOT f.is_gone AND (f.scope_id, f.table_name, f.row_id) > (${after.scopeId}::uuid, ${after.table}, ${after.id}::uuid)
      ORDER BY f.scope_id, f.table_name, f.row_id LIMIT ${PACKED_PAGE_ROWS + 1}),
    places AS (SELECT * FROM found WHERE i <= ${PACKED_PAGE_ROWS})
    SELECT NULL AS "table", NULL AS "rowsJson", 0 AS "rowCount", NULL::uuid[] AS "scopeIds", (SELECT jsonb_build_object('scopeId', scope_id, 'table', table_name, 'id', row_id) FROM found
      WHERE i = ${PACKED_PAGE_ROWS} AND (SELECT count(*) FROM found) > ${PACKED_PAGE_ROWS}) AS last
    UNION ALL ${sql.join(
      tables.map((table) => tableRows(table, actorId)),
      sql` UNION ALL `,
    )}`.execute(tx)
  const filled = rows.flatMap(({ table, rowsJson }) => (table && rowsJson !== null ? [{ table, rowsJson }] : []))
  const scopeIds = new Set(rows.flatMap((r) => r.scopeIds ?? []))
  scopeIds.delete(FIRM_SCOPE)
  return { tables: filled, householdIds: [...scopeIds], rowCount: rows.reduce((sum, r) => sum + r.rowCount, 0), last: rows.find((r) => r.last)?.last ?? null }
}
