import { type RawBuilder, sql } from 'kysely'
import type { TableName } from '../../shared/domain/tables.ts'
import { type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { PullRequest, PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { type Actor, FIRM_ZONE } from '../auth/access.ts'
import { askForPeople } from '../auth/people.ts'
import type { Db, Tx } from '../db/open-database.ts'
import type { StoredRow } from '../db/record-sql.ts'
import { together } from '../db/together.ts'
import { lookAsSystem, withActor } from '../db/with-actor.ts'
import { type EntryOf, keyOf, type LoadedRows, loadRows, rowsOf } from './load-rows.ts'
import { askForScope, type Scope, scopeEntriesOf } from './scope.ts'
import { isVisible, mayHoldEarlier, visibleTables } from './visible-row.ts'
import { FIRM_SCOPE } from './write-changes.ts'

export interface Puller {
  readonly actor: Actor
  readonly deviceId: string
}

interface Entry {
  readonly scopeId: string
  readonly table: TableName
  readonly id: string
  readonly seq: number
}

/** The next page of changes, all read at one moment (L1–L5, L7). */
export function pullChanges(db: Db, { actor, deviceId }: Puller, request: PullRequest, nowMs: number, mostRows = PULL_PAGE_ROWS): Promise<PullResponse> {
  const todayOn = localDateOf(nowMs, FIRM_ZONE)
  const work = async (tx: Tx): Promise<PullResponse> => {
    reach('server.pull.read')
    const asked = askForPeople(db)
    const askedScope = askForScope(tx, actor, todayOn, asked.guess)
    const early = request.cursor === null || !askedScope.guess ? [] : [entriesBehind(request.cursor, actor, askedScope.guess, mostRows + 1)]
    const headRow = tx.selectFrom('head').select(['seq', 'epoch', 'audit_n', 'audit_hash'])
    const [heads, changed, named, access, found] = await together(tx, headRow, asked.question, hashAt(request.headSize), askedScope.question, ...early)
    const head = must(heads.rows[0], 'head')
    const scope = await askedScope.scope(access, await asked.people(tx, head, changed.rows[0]?.isChanged !== false))
    const first = askedScope.guess?.hash === scope.hash ? (found?.rows ?? null) : null
    const page = await readPage({ tx, actor, deviceId, scope, todayOn }, request, { headSeq: head.seq, mostRows, first })
    return {
      epoch: head.epoch,
      ...page,
      scopeHash: scope.hash,
      scope: request.scopeHash === scope.hash ? null : scopeEntriesOf(scope),
      head: { size: head.audit_n, hash: head.audit_hash, hashAtNamed: request.headSize === 0 ? NO_HASH : (named.rows[0]?.hash ?? null) },
    }
  }
  return withActor(db, actor.id, work, 'repeatable read', todayOn)
}

/** The trail's hash at an earlier size (K1); of the trail a person sees this and nothing else. */
const hashAt = (size: number | undefined): RawBuilder<{ hash: string | null }> => sql`SELECT trail_hash_at(${size ?? null}::bigint) AS hash`

/** Feed entries behind the cursor, oldest first, of the firm, of households in the scope, and of rows in which the person had a part. Costs as much as there are changes (L2). */
export function entriesBehind(cursor: number, actor: Actor, scope: Scope, limit: number): RawBuilder<Entry> {
  const scopeIds = [FIRM_SCOPE, ...scope.access.keys()]
  const isOwnLoss = sql`(scope_id = ${actor.id}::uuid AND is_gone AND table_name IN ('followUps', 'outcomeClaims'))` // no more: a household may bear the same id
  return sql<Entry>`SELECT scope_id AS "scopeId", table_name AS "table", row_id AS id, seq FROM feed
    WHERE seq > ${cursor} AND table_name = ANY(${visibleTables(actor, scope)}::text[]) AND (scope_id IN (SELECT unnest(${scopeIds}::uuid[])) OR ${isOwnLoss})
    ORDER BY seq LIMIT ${sql.lit(limit)}`
}

type Page = Pick<PullResponse, 'cursor' | 'hasMore' | 'rows' | 'lastN' | 'outcomes'>
/** What the device is told of a row, and the number of the feed at which it stands. */
interface Told {
  readonly wire: WireRow
  readonly seq: number
}

interface Looking extends Puller {
  readonly tx: Tx
  readonly scope: Scope
  readonly todayOn: LocalDate
}

interface Bounds {
  readonly headSeq: number
  readonly mostRows: number
  readonly first: readonly Entry[] | null // the entries behind the request's cursor where they are known already
}

/**
 * The page behind a cursor. It is filled with what the person may hear of: one that came out shorter than it could be, or ended where nothing
 * was told, would say how many rows are kept from them, and when they were written.
 */
async function readPage(looking: Looking, request: PullRequest, { headSeq, mostRows, first }: Bounds): Promise<Page> {
  const { tx, actor, scope, deviceId } = looking
  const behind = async (cursor: number): Promise<readonly Entry[]> => (await together(tx, entriesBehind(cursor, actor, scope, mostRows + 1)))[0].rows
  const answersAt = (cursor: number) => [lastNAt(deviceId, cursor), outcomesAt(deviceId, request.sinceN, cursor)] as const
  let found = request.cursor === null ? [] : (first ?? (await behind(request.cursor)))
  const expected = found.length > mostRows ? must(found[mostRows - 1], 'entry').seq : headSeq
  const wanted = rowsOf(found)
  const [last, outcomes, ...answers] = await together(tx, ...answersAt(expected), ...wanted.statements)
  const told = new Map<string, Told>()
  await tell(looking, found, await wanted.takeIn(tx, answers), told)
  while (found.length > mostRows && told.size <= mostRows) {
    found = await behind(must(found.at(-1), 'entry').seq)
    await tell(looking, found, await loadRows(tx, found), told)
  }
  const hasMore = told.size > mostRows
  const page = [...told.values()].slice(0, mostRows)
  const cursor = hasMore ? must(page.at(-1), 'row').seq : headSeq
  const [lastThere, outcomesThere] = cursor === expected ? [last, outcomes] : await together(tx, ...answersAt(cursor))
  return { cursor, hasMore, rows: page.map(({ wire }) => wire), lastN: lastThere.rows[0]?.n ?? 0, outcomes: [...outcomesThere.rows] }
}

/** Adds what the device is to be told of these entries. */
async function tell({ tx, actor, scope, todayOn }: Looking, entries: readonly Entry[], { stored, entryOf }: LoadedRows, told: Map<string, Told>): Promise<void> {
  const hidden = entries.filter((e) => !stored.has(keyOf(e))) // policies of rows keep them from the person
  const removable = hidden.length === 0 ? null : await lookAsSystem(tx, actor.id, todayOn, () => loadRows(tx, hidden))
  for (const entry of entries) {
    const row = stored.get(keyOf(entry))
    const wire = row ? wireRowOf(entry, row, entryOf, actor, scope) : removable && removalOf(entry, removable.stored.get(keyOf(entry)), removable.entryOf, actor, scope)
    if (!wire) continue
    told.delete(keyOf(entry)) // two households told of it: the newer entry counts, and moves to its place in the order
    told.set(keyOf(entry), { wire, seq: entry.seq })
  }
}

/** The row, or its removal (L4), or null where the person never saw it. */
function wireRowOf(entry: Entry, stored: StoredRow, entryOf: EntryOf, actor: Actor, scope: Scope): WireRow | null {
  const { table, id } = entry
  return isVisible(table, stored.row, entryOf(table, stored.row), actor, scope) ? { table, id, seq: stored.seq, row: stored.row } : removalOf(entry, stored, entryOf, actor, scope)
}

function removalOf({ table, id, seq, scopeId }: Entry, stored: StoredRow | undefined, entryOf: EntryOf, actor: Actor, scope: Scope): WireRow | null {
  return stored && mayHoldEarlier(table, stored.row, entryOf(table, stored.row), scopeId, actor, scope) ? { table, id, seq, row: null } : null
}

/** The device's last command whose effect is at or before the cursor (L7). */
const lastNAt = (deviceId: string, cursor: number): RawBuilder<{ n: number }> =>
  sql`SELECT n FROM command_log WHERE device_id = ${deviceId} AND seq <= ${cursor} ORDER BY n DESC LIMIT 1`

/** Answers up to that command: a device's numbers and those of the head rise together. */
const outcomesAt = (deviceId: string, sinceN: number, cursor: number): RawBuilder<CommandOutcome> =>
  sql`SELECT n, command_id AS id, status, error FROM command_log WHERE device_id = ${deviceId} AND n > ${sinceN} AND seq <= ${cursor} ORDER BY n LIMIT ${sql.lit(PULL_PAGE_ROWS)}`
