import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { householdsOfRow, type TableName, tableNames } from '../../shared/domain/tables.ts'
import type { Tx } from '../db/open-database.ts'
import { upsertRows } from '../db/record-sql.ts'
import { mergeChanges } from './batch-rows.ts'

/** The scope of rows that belong to the firm, not to a household. */
export const FIRM_SCOPE = '00000000-0000-0000-0000-000000000000'
const CHUNK_ENTRIES = 20_000

interface FeedEntry {
  readonly scope: string
  readonly table: TableName
  readonly id: string
  readonly seq: number
  readonly gone: boolean
}

const scopesOf = (table: TableName, row: RowChange['after']): readonly string[] => {
  const households = householdsOfRow(table, row)
  return households === 'firm' ? [FIRM_SCOPE] : households
}

/** One entry for each household (or the firm) of the row; 'gone' for those it has left. */
function feedEntriesOf({ table, before, after }: RowChange, seq: number): readonly FeedEntry[] {
  const now = scopesOf(table, after)
  const left = before ? scopesOf(table, before).filter((scope) => !now.includes(scope)) : []
  const entry = (gone: boolean) => (scope: string) => ({ scope, table, id: after.id, seq, gone })
  return [...now.map(entry(false)), ...left.map(entry(true))]
}

async function writeFeed(tx: Tx, entries: readonly FeedEntry[]): Promise<void> {
  for (let i = 0; i < entries.length; i += CHUNK_ENTRIES) {
    await sql`INSERT INTO feed (scope_id, table_name, row_id, seq, is_gone)
      SELECT scope, "table", id, seq, gone
      FROM jsonb_to_recordset(${JSON.stringify(entries.slice(i, i + CHUNK_ENTRIES))}::jsonb) AS e(scope uuid, "table" text, id uuid, seq bigint, gone boolean)
      ON CONFLICT (scope_id, table_name, row_id) DO UPDATE SET seq = excluded.seq, is_gone = excluded.is_gone`.execute(tx)
  }
}

/** Writes what a person's commands changed in that person's name, so that the policies of rows hold for it (R3). */
export interface Writer {
  readonly own: readonly RowChange[]
  readonly asPerson: (work: () => Promise<void>) => Promise<void>
}

type NewRows = readonly (readonly [TableName, readonly (RowChange['after'] & { readonly seq: number })[]])[]

async function upsertAll(tx: Tx, tables: NewRows, isWanted: (key: string) => boolean): Promise<void> {
  for (const [table, rows] of tables) {
    const wanted = rows.filter((row) => isWanted(`${table} ${row.id}`))
    if (wanted.length > 0) await upsertRows(tx, table, wanted)
  }
}

/**
 * Writes rows and feed entries, one statement a table; each changed row takes the next number. Constraints, foreign
 * keys too, are checked before it returns.
 * @param writer null = everything is the server's own
 * @returns the last number given
 */
export async function writeChanges(tx: Tx, changes: readonly RowChange[], lastSeq: number, writer: Writer | null = null): Promise<number> {
  const merged = mergeChanges(changes)
  let seq = lastSeq
  const entries: FeedEntry[] = []
  const tables: NewRows = tableNames.map((table) => {
    const ofTable = merged.filter((c) => c.table === table)
    const rows = ofTable.map((change) => {
      seq += 1
      entries.push(...feedEntriesOf(change, seq))
      return { ...change.after, seq }
    })
    return [table, rows]
  })
  const own = new Set(writer?.own.map((c) => `${c.table} ${c.after.id}`))
  if (own.size > 0) await writer?.asPerson(() => upsertAll(tx, tables, (key) => own.has(key)))
  await upsertAll(tx, tables, (key) => !own.has(key))
  await writeFeed(tx, entries)
  if (entries.length > 0) await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(tx)
  await sql`SET CONSTRAINTS ALL DEFERRED`.execute(tx)
  return seq
}
