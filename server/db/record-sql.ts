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
export async function selectRows<T extends TableName>(db: Db | Tx, table: T, where: RawBuilder<unknown>): Promise<readonly StoredRow<T>[]> {
  const { rows } = await sql<StoredRow<T>>`SELECT ${rowJson(table)} AS row, seq FROM ${tableOf(table)} WHERE ${where}`.execute(db)
  return rows
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
    from: '::bigint FROM jsonb_to_recordset(',
    as: `::jsonb) AS r(${fields.map(([field, type]) => `"${field}" ${type}`).join(', ')}, seq bigint)
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

/** Writes the rows' new versions behind `lastSeq`. Throws where the database holds a row that its writer did not know. */
export async function upsertRows(tx: Tx, { table, count, json }: RowsToWrite, lastSeq: number): Promise<void> {
  const { into, from, as } = upsertParts(table)
  const { numAffectedRows } = await sql`${sql.raw(into)}${lastSeq}${sql.raw(from)}${json()}${sql.raw(as)}`.execute(tx)
  if (Number(numAffectedRows) !== count) throw new Error(`${table}: a row is not the next version of the stored one`)
}
