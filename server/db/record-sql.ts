import { type RawBuilder, sql } from 'kysely'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'
import { fieldsOf, snakeCase } from './columns.ts'
import type { Db, Tx } from './open-database.ts'

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
export const rowsWhere = <T extends TableName>(table: T, where: RawBuilder<unknown>): RawBuilder<StoredRow<T>> =>
  sql<StoredRow<T>>`SELECT ${rowJson(table)} AS row, seq FROM ${tableOf(table)} WHERE ${where}`

export const rowsById = <T extends TableName>(table: T, ids: readonly string[]): RawBuilder<StoredRow<T>> => rowsWhere(table, sql`id = ANY(${ids}::uuid[])`)

export async function selectRows<T extends TableName>(db: Db | Tx, table: T, where: RawBuilder<unknown>): Promise<readonly StoredRow<T>[]> {
  return (await rowsWhere(table, where).execute(db)).rows
}

export const selectRowsById = <T extends TableName>(db: Db | Tx, table: T, ids: readonly string[]): Promise<readonly StoredRow<T>[]> =>
  selectRows(db, table, sql`id = ANY(${ids}::uuid[])`)

interface UpsertParts {
  readonly into: string
  readonly from: string
  readonly as: string
}
const upsertSql = new Map<TableName, UpsertParts>()

function upsertParts(table: TableName): UpsertParts {
  const known = upsertSql.get(table)
  if (known) return known
  const fields = fieldsOf(table)
  const names = [...fields.map(([field]) => snakeCase(field)), 'seq']
  const parts = {
    into: `INSERT INTO ${snakeCase(table)} (${names.join(', ')}) SELECT ${fields.map(([field]) => `r."${field}"`).join(', ')}, r.seq + `,
    from: '::bigint FROM json_to_recordset(', // each column is read once: parsing into jsonb first costs a fifth more
    as: `::json) AS r(${fields.map(([field, type]) => `"${field}" ${type}`).join(', ')}, seq bigint)
      ON CONFLICT (id) DO UPDATE SET ${names.map((n) => `${n} = excluded.${n}`).join(', ')} WHERE excluded.rev > ${snakeCase(table)}.rev`,
  }
  upsertSql.set(table, parts)
  return parts
}

/** Rows of one statement, numbered by `seq` from 1 on. */
export interface RowsToWrite {
  readonly table: TableName
  readonly count: number
  readonly json: () => string
}

/** Writes the rows' new versions behind `lastSeq`; `count` of them, or else the database holds a row that its writer did not know. */
export function upsertOf({ table, json }: RowsToWrite, lastSeq: number): RawBuilder<unknown> {
  const { into, from, as } = upsertParts(table)
  return sql`${sql.raw(into)}${lastSeq}${sql.raw(from)}${json()}${sql.raw(as)}`
}
