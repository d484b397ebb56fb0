import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { type AnyRow, householdsOfRow, type TableName, tableNames } from '../../shared/domain/tables.ts'
import type { Tx } from '../db/open-database.ts'
import { type RowsToWrite, upsertRows } from '../db/record-sql.ts'
import { mergeChanges } from './batch-rows.ts'

/** The scope of rows that belong to the firm, not to a household. */
export const FIRM_SCOPE = '00000000-0000-0000-0000-000000000000'
/** Of one statement; an import may bring 100,000 rows. */
const CHUNK_ROWS = 5_000
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

/** What a batch changes, ready to be written as soon as the head tells from where its numbers go on. */
export interface WritePlan {
  readonly own: readonly RowsToWrite[] // to be written in the name of the commands' maker
  readonly others: readonly RowsToWrite[]
  readonly feed: readonly (() => string)[]
  readonly seqs: number // how many numbers it takes
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}

const rowsToWrite = (table: TableName, rows: readonly AnyRow[]): readonly RowsToWrite[] =>
  [...chunksOf(rows, CHUNK_ROWS)].map((chunk) => ({ table, count: chunk.length, json: () => JSON.stringify(chunk) }))

/** One statement a table for rows and feed entries; each changed row takes the next number. @param own those of `changes` that the maker's commands made themselves */
export function planWrites(changes: readonly RowChange[], own: readonly RowChange[] = []): WritePlan {
  const isOwn = new Set(own.map((c) => `${c.table} ${c.after.id}`))
  const byTable = Map.groupBy(mergeChanges(changes), (c) => c.table)
  const plan = { own: [] as RowsToWrite[], others: [] as RowsToWrite[] }
  const entries: FeedEntry[] = []
  let seq = 0
  for (const table of tableNames) {
    const rows = { own: [] as AnyRow[], others: [] as AnyRow[] }
    for (const change of byTable.get(table) ?? []) {
      seq += 1
      entries.push(...feedEntriesOf(change, seq))
      rows[isOwn.has(`${table} ${change.after.id}`) ? 'own' : 'others'].push(Object.assign({ seq }, change.after))
    }
    plan.own.push(...rowsToWrite(table, rows.own))
    plan.others.push(...rowsToWrite(table, rows.others))
  }
  return { ...plan, feed: [...chunksOf(entries, CHUNK_ENTRIES)].map((chunk) => () => JSON.stringify(chunk)), seqs: seq }
}

/** The plan with its texts made, so that nobody waits for that while the head is held. */
export function render(plan: WritePlan): WritePlan {
  const made = (json: () => string) => {
    const text = json()
    return () => text
  }
  const rows = (list: readonly RowsToWrite[]) => list.map((r) => ({ ...r, json: made(r.json) }))
  return { own: rows(plan.own), others: rows(plan.others), feed: plan.feed.map(made), seqs: plan.seqs }
}

/** Does what a person's commands write in that person's name, so that the policies of rows hold for it (R3). */
export type AsPerson = (work: () => Promise<void>) => Promise<void>

async function upsertAll(tx: Tx, rows: readonly RowsToWrite[], lastSeq: number): Promise<void> {
  for (const some of rows) await upsertRows(tx, some, lastSeq)
}

async function writeFeed(tx: Tx, json: string, lastSeq: number): Promise<void> {
  await sql`INSERT INTO feed (scope_id, table_name, row_id, seq, is_gone)
    SELECT scope, "table", id, seq + ${lastSeq}::bigint, gone
    FROM jsonb_to_recordset(${json}::jsonb) AS e(scope uuid, "table" text, id uuid, seq bigint, gone boolean)
    ON CONFLICT (scope_id, table_name, row_id) DO UPDATE SET seq = excluded.seq, is_gone = excluded.is_gone`.execute(tx)
}

/**
 * Writes rows and feed entries. Constraints, foreign keys too, are checked before it returns.
 * @param asPerson null = everything is the server's own
 * @returns the last number given
 */
export async function writePlan(tx: Tx, { own, others, feed, seqs }: WritePlan, lastSeq: number, asPerson: AsPerson | null): Promise<number> {
  if (own.length > 0) await (asPerson ?? ((work) => work()))(() => upsertAll(tx, own, lastSeq))
  await upsertAll(tx, others, lastSeq)
  for (const json of feed) await writeFeed(tx, json(), lastSeq)
  if (seqs > 0) {
    await sql`SET CONSTRAINTS ALL IMMEDIATE`.execute(tx)
    await sql`SET CONSTRAINTS ALL DEFERRED`.execute(tx)
  }
  return lastSeq + seqs
}

/** Writes changes of the server's own. @returns the last number given */
export const writeChanges = (tx: Tx, changes: readonly RowChange[], lastSeq: number): Promise<number> => writePlan(tx, planWrites(changes), lastSeq, null)
