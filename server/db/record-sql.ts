import { type RawBuilder, sql } from 'kysely'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'
import { fieldsOf, snakeCase } from './columns.ts'
import type { Db, Tx } from './open-database.ts'

/** Rows of one statement; an import may bring 100,000. */
const CHUNK_ROWS = 5_000

export interface StoredRow<T extends TableName = TableName> {
  readonly row: RowOf<T>
  readonly seq: number
}

const tableOf = (table: TableName) => sql.table(snakeCase(table))

/** A row as the JSON object that its schema describes. */
const rowJson = (table: TableName): RawBuilder<AnyRow> =>
  sql.raw(
    `jsonb_build_object(${fieldsOf(table)
      .map(([field]) => `'${field}', ${snakeCase(field)}`)
      .join(', ')})`,
  )

/** Rows that meet `where`, with the head's number of their last change. */
export async function selectRows<T extends TableName>(db: Db | Tx, table: T, where: RawBuilder<unknown>): Promise<readonly StoredRow<T>[]> {
  const { rows } = await sql<StoredRow<T>>`SELECT ${rowJson(table)} AS row, seq FROM ${tableOf(table)} WHERE ${where}`.execute(db)
  return rows
}

export const selectRowsById = <T extends TableName>(db: Db | Tx, table: T, ids: readonly string[]): Promise<readonly StoredRow<T>[]> =>
  selectRows(db, table, sql`id = ANY(${ids}::uuid[])`)

const upsertSql = new Map<TableName, { into: string; from: string }>()

function upsertParts(table: TableName): { into: string; from: string } {
  const known = upsertSql.get(table)
  if (known) return known
  const fields = [...fieldsOf(table), ['seq', 'bigint'] as const]
  const names = fields.map(([field]) => snakeCase(field))
  const parts = {
    into: `INSERT INTO ${snakeCase(table)} (${names.join(', ')}) SELECT ${fields.map(([field]) => `r."${field}"`).join(', ')} FROM jsonb_to_recordset(`,
    from: `) AS r(${fields.map(([field, type]) => `"${field}" ${type}`).join(', ')}) ON CONFLICT (id) DO UPDATE SET ${names.map((n) => `${n} = excluded.${n}`).join(', ')} WHERE excluded.rev > ${snakeCase(table)}.rev`,
  }
  upsertSql.set(table, parts)
  return parts
}

/** Writes the rows' new versions, one statement for each 5,000. Throws where the database holds a row that its writer did not know. */
export async function upsertRows(tx: Tx, table: TableName, rows: readonly (AnyRow & { readonly seq: number })[]): Promise<void> {
  const { into, from } = upsertParts(table)
  for (let i = 0; i < rows.length; i += CHUNK_ROWS) {
    const chunk = rows.slice(i, i + CHUNK_ROWS)
    const { numAffectedRows } = await sql`${sql.raw(into)}${JSON.stringify(chunk)}::jsonb${sql.raw(from)}`.execute(tx)
    if (Number(numAffectedRows) !== chunk.length) throw new Error(`${table}: a row is not the next version of the stored one`)
  }
}
