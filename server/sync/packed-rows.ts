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

/** `mayReadEntry` of the entry `e` and `mayReadPart` of what came of it, `r`, in SQL. */
function isReadable(table: TableName, actorId: string, access: RawBuilder<unknown>): RawBuilder<boolean> {
  const entry = sql<boolean>`(NOT e.is_confidential OR ${access} IN ('lead', 'comply') OR e.author_id = ${actorId}::uuid OR e.colleague_ids ? ${actorId})`
  switch (table) {
    case 'contactEntries':
      return entry
    case 'followUps':
      return sql`(r.entry_id IS NULL OR ${access} = 'control' OR ${entry} OR r.assignee_id = ${actorId}::uuid OR r.author_id = ${actorId}::uuid)`
    case 'outcomeClaims':
      return sql`(${access} = 'control' OR ${entry} OR r.maker_id = ${actorId}::uuid
          OR r.credit_split @> jsonb_build_array(jsonb_build_object('colleagueId', ${actorId}::text)))`
    default:
      return sql`true`
  }
}

/** Behind the rows of a table, `r`: the entry that each is or came from, `e`. */
function withEntry(table: TableName): RawBuilder<unknown> {
  if (table === 'contactEntries') return sql`CROSS JOIN LATERAL (SELECT r.*) e`
  return PARTS.includes(table) ? sql`LEFT JOIN contact_entries e ON e.id = r.entry_id` : sql``
}

const rowsOf = (table: TableName): RawBuilder<unknown> => sql`${sql.table(snakeCase(table))} r`

const PARTS: readonly TableName[] = ['followUps', 'outcomeClaims']

interface Found {
  readonly table: TableName | null // null = the line about the page itself
  readonly rowsJson: string | null
  readonly rowCount: number
  readonly scopeIds: readonly string[] | null
  readonly last: Place | null
}

const isBehind = (w: WantedTable, { scopeId, table }: Place): boolean => w.scopeId > scopeId || (w.scopeId === scopeId && w.table >= table)
const inOrder = (a: WantedTable, b: WantedTable): number => (a.scopeId < b.scopeId || (a.scopeId === b.scopeId && a.table < b.table) ? -1 : 1)

/** The text of the row that stands at a place, null where the person may not read it. Looked up one by one: a set of what they may read would be made of the whole table. */
const textAt = (tables: readonly TableName[], actorId: string): RawBuilder<string | null> => {
  const cases = tables.map(
    (table) =>
      sql`WHEN ${table} THEN (SELECT ${rowValues(table)} FROM ${rowsOf(table)} ${withEntry(table)} WHERE r.id = f.row_id AND ${isReadable(table, actorId, sql`w.access`)})`,
  )
  return sql`CASE w.table_name ${sql.join(cases, sql` `)} END`
}

/**
 * The first rows behind `after` that the person may read, in order: a page with gaps, or one that ended in a gap, would tell what is kept from
 * them. Each household's table is one range of the feed's primary key; the limit inside keeps the planner from reading the whole feed instead.
 */
export function rowsBehind(wanted: readonly WantedTable[], after: Place, actorId: string): RawBuilder<unknown> {
  const ids = wanted.map((w) => (w.scopeId === after.scopeId && w.table === after.table ? after.id : FIRM_SCOPE))
  const tables = [...new Set(wanted.map((w) => w.table))]
  return sql`SELECT w.scope_id, w.table_name, f.row_id, f.text, row_number() OVER (ORDER BY w.i, f.row_id) AS i
    FROM unnest(${wanted.map((w) => w.scopeId)}::uuid[], ${wanted.map((w) => w.table)}::text[], ${wanted.map((w) => w.access ?? 'firm')}::text[], ${ids}::uuid[])
      WITH ORDINALITY AS w(scope_id, table_name, access, after_id, i)
    CROSS JOIN LATERAL (SELECT row_id, text FROM (SELECT row_id, ${textAt(tables, actorId)} AS text FROM feed f
      WHERE f.scope_id = w.scope_id AND f.table_name = w.table_name AND f.row_id > w.after_id AND NOT f.is_gone ORDER BY row_id OFFSET 0) t
      WHERE text IS NOT NULL LIMIT ${PACKED_PAGE_ROWS + 1}) f
    ORDER BY w.i, f.row_id LIMIT ${PACKED_PAGE_ROWS + 1}`
}

/** The next page of the wanted tables, in the order of their places: one statement that reads each row once, and one text a table. */
export async function selectSnapshotPage(tx: Tx, wanted: readonly WantedTable[], after: Place, actorId: string): Promise<SnapshotPage> {
  const ahead = wanted.filter((w) => isBehind(w, after)).toSorted(inOrder)
  if (ahead.length === 0) return { tables: [], householdIds: [], rowCount: 0, last: null }
  const { rows } = await sql<Found>`
    WITH found AS MATERIALIZED (${rowsBehind(ahead, after, actorId)})
    SELECT table_name AS "table", string_agg(text, ',') AS "rowsJson", count(*)::int AS "rowCount", array_agg(DISTINCT scope_id) AS "scopeIds", NULL::jsonb AS last
      FROM found WHERE i <= ${PACKED_PAGE_ROWS} GROUP BY table_name
    UNION ALL SELECT NULL, NULL, 0, NULL, (SELECT jsonb_build_object('scopeId', scope_id, 'table', table_name, 'id', row_id) FROM found
      WHERE i = ${PACKED_PAGE_ROWS} AND EXISTS (SELECT FROM found WHERE i > ${PACKED_PAGE_ROWS}))`.execute(tx)
  const filled = rows.flatMap(({ table, rowsJson }) => (table && rowsJson !== null ? [{ table, rowsJson }] : []))
  const scopeIds = new Set(rows.flatMap((r) => r.scopeIds ?? []))
  scopeIds.delete(FIRM_SCOPE)
  return { tables: filled, householdIds: [...scopeIds], rowCount: rows.reduce((sum, r) => sum + r.rowCount, 0), last: rows.find((r) => r.last)?.last ?? null }
}
