import { sql } from 'kysely'
import type { RowChange } from '../../shared/commands/define-command.ts'
import { type AnyRow, householdsOfRow, type TableName, tableNames } from '../../shared/domain/tables.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import { peopleConcerned } from '../auth/entry-parts.ts'
import type { Tx } from '../db/open-database.ts'
import { type RowsToWrite, upsertOf } from '../db/record-sql.ts'
import { type Statement, together } from '../db/together.ts'
import { inNameOf } from '../db/with-actor.ts'
import { mergeChanges } from './batch-rows.ts'
import { rowText } from './row-text.ts'

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

/**
 * One entry for each household (or the firm) of the row; 'gone' for those it has left. Also for who had a part in what came of an entry and has
 * none any more, in a scope of their own: in the household's nobody is told of it who may not read the entry.
 */
function feedEntriesOf({ table, before, after }: RowChange, seq: number): readonly FeedEntry[] {
  const now = [...scopesOf(table, after), ...peopleConcerned(table, after)]
  const left = before ? [...new Set([...scopesOf(table, before), ...peopleConcerned(table, before)])].filter((scope) => !now.includes(scope)) : []
  const entry = (gone: boolean) => (scope: string) => ({ scope, table, id: after.id, seq, gone })
  return [...scopesOf(table, after).map(entry(false)), ...left.map(entry(true))]
}

interface FeedToWrite {
  readonly count: number
  readonly json: () => string
}

/** What a batch changes, ready to be written as soon as the head tells from where its numbers go on. */
export interface WritePlan {
  readonly own: readonly RowsToWrite[] // to be written in the name of the commands' maker
  readonly others: readonly RowsToWrite[]
  readonly feed: readonly FeedToWrite[]
  readonly seqs: number // how many numbers it takes
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}

interface NumberedRow {
  readonly seq: number
  readonly row: AnyRow
}

const numberedText = ({ seq, row }: NumberedRow): string => `{"seq":${seq},${rowText(row).slice(1)}`

const rowsToWrite = (table: TableName, rows: readonly NumberedRow[]): readonly RowsToWrite[] =>
  [...chunksOf(rows, CHUNK_ROWS)].map((chunk) => ({ table, count: chunk.length, json: () => `[${chunk.map(numberedText).join(',')}]` }))

/** One statement a table for rows and feed entries; each changed row takes the next number. @param own those of `changes` that the maker's commands made themselves */
export function planWrites(changes: readonly RowChange[], own: readonly RowChange[] = []): WritePlan {
  const isOwn = new Set(own.map((c) => `${c.table} ${c.after.id}`))
  const byTable = Map.groupBy(mergeChanges(changes), (c) => c.table)
  const plan = { own: [] as RowsToWrite[], others: [] as RowsToWrite[] }
  const entries: FeedEntry[] = []
  let seq = 0
  for (const table of tableNames) {
    const rows = { own: [] as NumberedRow[], others: [] as NumberedRow[] }
    for (const change of byTable.get(table) ?? []) {
      seq += 1
      entries.push(...feedEntriesOf(change, seq))
      rows[isOwn.has(`${table} ${change.after.id}`) ? 'own' : 'others'].push({ seq, row: change.after })
    }
    plan.own.push(...rowsToWrite(table, rows.own))
    plan.others.push(...rowsToWrite(table, rows.others))
  }
  return { ...plan, feed: [...chunksOf(entries, CHUNK_ENTRIES)].map((chunk) => ({ count: chunk.length, json: () => JSON.stringify(chunk) })), seqs: seq }
}

/** The plan with its texts made, so that nobody waits for that while the head is held. */
export function render(plan: WritePlan): WritePlan {
  const made = <T extends FeedToWrite>(list: readonly T[]): readonly T[] =>
    list.map((part) => {
      const text = part.json()
      return { ...part, json: () => text }
    })
  return { own: made(plan.own), others: made(plan.others), feed: made(plan.feed), seqs: plan.seqs }
}

/** In whose name a plan's own rows are written, so that the policies of rows hold for them (R3). */
export interface Maker {
  readonly id: string
  readonly todayOn: LocalDate | null
}

/** A statement that is put together when its turn comes. */
export interface Step {
  readonly statement: () => Statement<unknown>
  readonly rows: number // that it carries
  readonly isCounted: boolean // it has to write all of them
}

const upsertSteps = (rows: readonly RowsToWrite[], lastSeq: number): readonly Step[] => rows.map((r) => ({ statement: () => upsertOf(r, lastSeq), rows: r.count, isCounted: true }))

const feedStatement = (json: string, lastSeq: number): Statement<unknown> => sql`INSERT INTO feed (scope_id, table_name, row_id, seq, is_gone)
    SELECT scope, "table", id, seq + ${lastSeq}::bigint, gone
    FROM jsonb_to_recordset(${json}::jsonb) AS e(scope uuid, "table" text, id uuid, seq bigint, gone boolean)
    ON CONFLICT (scope_id, table_name, row_id) DO UPDATE SET seq = excluded.seq, is_gone = excluded.is_gone`

export const stepOf = (statement: Statement<unknown>): Step => ({ statement: () => statement, rows: 0, isCounted: false })

/**
 * What writes rows and feed entries of a plan. Constraints, foreign keys too, have been checked when the last statement has ended.
 * @param maker null = everything is the server's own
 */
export function stepsOf({ own, others, feed, seqs }: WritePlan, lastSeq: number, maker: Maker | null): readonly Step[] {
  if (seqs === 0) return []
  const ofMaker = upsertSteps(own, lastSeq)
  const inName = maker && ofMaker.length > 0 ? inNameOf(maker.id, maker.todayOn) : null
  return [
    ...(inName ? [stepOf(inName.begin), ...ofMaker, stepOf(inName.end)] : ofMaker),
    ...upsertSteps(others, lastSeq),
    ...feed.map((chunk) => ({ statement: () => feedStatement(chunk.json(), lastSeq), rows: chunk.count, isCounted: false })),
    stepOf(sql`SET CONSTRAINTS ALL IMMEDIATE`),
    stepOf(sql`SET CONSTRAINTS ALL DEFERRED`),
  ]
}

/** In one round trip, or, where they carry an import, in as many as keep its text from being in memory as a whole. */
function* tripsOf(steps: readonly Step[]): Generator<readonly Step[]> {
  let trip: Step[] = []
  let rows = 0
  for (const step of steps) {
    if (rows + step.rows > CHUNK_ENTRIES) {
      yield trip
      trip = []
      rows = 0
    }
    trip.push(step)
    rows += step.rows
  }
  if (trip.length > 0) yield trip
}

/** Throws where the database holds a row that its writer did not know. */
export async function runSteps(tx: Tx, steps: readonly Step[]): Promise<void> {
  for (const trip of tripsOf(steps)) {
    const answers = await together(tx, ...trip.map(({ statement }) => statement()))
    const isStale = trip.some(({ isCounted, rows }, i) => isCounted && answers[i]?.count !== rows)
    if (isStale) throw new Error('a row is not the next version of the stored one')
  }
}

/** @returns the last number given */
export async function writePlan(tx: Tx, plan: WritePlan, lastSeq: number, maker: Maker | null): Promise<number> {
  await runSteps(tx, stepsOf(plan, lastSeq, maker))
  return lastSeq + plan.seqs
}

/** Writes changes of the server's own. @returns the last number given */
export const writeChanges = (tx: Tx, changes: readonly RowChange[], lastSeq: number): Promise<number> => writePlan(tx, planWrites(changes), lastSeq, null)
