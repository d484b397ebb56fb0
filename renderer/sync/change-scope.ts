import { householdsOfRow } from '../../shared/domain/tables.ts'
import type { PackedRow } from '../../shared/sync/packed-page.ts'
import type { ScopeEntry } from '../../shared/sync/pull.ts'
import { readPage, writePage } from '../db/page-text.ts'
import type { ReplicaDatabase, StoredPage } from '../db/replica-database.ts'
import { type ReplicaHead, type ReplicaScope, readScope, type SnapshotBatch, writeReplica, writeScope } from '../db/replica-head.ts'
import { type OpenedRow, openPage, openRows, rowKey, scopesOfRows, scopeToken, sealPage, sealRow } from '../db/sealed-rows.ts'

/** Households in one snapshot request; pages are cut by rows, so that more of them only save round trips. */
const BATCH_HOUSEHOLDS = 200

/** What a scope leaves of a page: null = nothing. */
interface TrimmedPage {
  readonly former: StoredPage
  readonly page: StoredPage | null
  readonly gone: readonly GoneRow[]
}
type GoneRow = Pick<PackedRow, 'table' | 'id' | 'seq'>

/**
 * Takes over a new scope (spec L5) in one transaction: rows of households that are gone, or seen for another reason
 * now, are deleted; what is new is queued to be fetched. Pages are inflated and packed before, because a transaction
 * waits for nothing but the database; where they changed meanwhile, all is done again.
 */
export async function changeScope(db: ReplicaDatabase, next: readonly ScopeEntry[], scopeHash: string, role: string): Promise<void> {
  for (let isDone = false; !isDone; ) isDone = await tryChange(db, next, scopeHash, role)
}

async function tryChange(db: ReplicaDatabase, next: readonly ScopeEntry[], scopeHash: string, role: string): Promise<boolean> {
  const before = await readScope(db)
  const left = differing(before.entries, next)
  const arrived = differing(next, before.entries)
  const staying = new Set(next.flatMap(({ householdId }) => (arrived.has(householdId) ? [] : [householdId])))
  const tokens = [...left].map(scopeToken)
  const pages = await trimPages(db, tokens, staying)
  return writeReplica(db, async (head) => {
    const scope = await readScope(db)
    if (!isSameScope(scope, before) || !(await arePagesSame(db, tokens, pages))) return false
    const isFirst = head.scopeHash === null
    if (left.size > 0) {
      head.generation++
      await db.meta.delete('summary') // it holds facts of entries that leave
      await replacePages(db, pages)
      const gone = await removeRows(db, tokens, staying)
      await markRemoved(db, head, [...pages.flatMap((page) => page.gone), ...gone])
    }
    await writeScope(db, { ...queued(scope, left, [...arrived], isFirst), entries: next })
    head.scopeHash = scopeHash
    head.role = role
    return true
  })
}

/** Households of `a` that `b` lacks or sees for another reason. */
function differing(a: readonly ScopeEntry[], b: readonly ScopeEntry[]): ReadonlySet<string> {
  const access = new Map(b.map((entry) => [entry.householdId, entry.access]))
  return new Set(a.filter((entry) => access.get(entry.householdId) !== entry.access).map((entry) => entry.householdId))
}

/** A batch that changes starts from its beginning; the firm's own rows come first of all, and all entries last. */
function queued(scope: ReplicaScope, left: ReadonlySet<string>, arrived: readonly string[], isFirst: boolean): Pick<ReplicaScope, 'queue' | 'after' | 'doneCount'> {
  const kept = scope.queue.map((batch) => ({ ...batch, householdIds: batch.householdIds.filter((id) => !left.has(id)) }))
  const open = kept.filter((batch, i) => batch.householdIds.length > 0 || scope.queue[i]?.householdIds.length === 0)
  const all = [...(isFirst ? [FIRM] : []), ...open, ...batchesOf('core', arrived), ...batchesOf('entries', arrived)]
  const queue = [...all.filter(({ part }) => part === 'core'), ...all.filter(({ part }) => part === 'entries')]
  const [before] = scope.queue
  const isHeadKept = before?.householdIds.every((id) => !left.has(id)) ?? false // one that left and came again under the same name lost what had been fetched
  const isHeadSame = isHeadKept && queue[0]?.part === before?.part && queue[0]?.householdIds.join() === before?.householdIds.join()
  return { queue, after: isHeadSame ? scope.after : null, doneCount: scope.queue.length === 0 ? 0 : scope.doneCount }
}

const FIRM: SnapshotBatch = { part: 'core', householdIds: [] }

function batchesOf(part: SnapshotBatch['part'], ids: readonly string[]): readonly SnapshotBatch[] {
  return Array.from({ length: Math.ceil(ids.length / BATCH_HOUSEHOLDS) }, (_, i) => ({ part, householdIds: ids.slice(i * BATCH_HOUSEHOLDS, (i + 1) * BATCH_HOUSEHOLDS) }))
}

const isSameScope = (a: ReplicaScope, b: ReplicaScope): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A row goes when no household through which it is seen stays: a person of two stays with the other, if that one is here. */
function isStaying({ table, row }: Pick<OpenedRow, 'table' | 'row'>, staying: ReadonlySet<string>): boolean {
  const households = row ? householdsOfRow(table, row) : 'firm'
  return households === 'firm' || households.some((id) => staying.has(id))
}

async function trimPages(db: ReplicaDatabase, tokens: readonly string[], staying: ReadonlySet<string>): Promise<readonly TrimmedPage[]> {
  const trimmed: TrimmedPage[] = []
  for (const n of await db.pages.where('scopes').anyOf(tokens).distinct().primaryKeys()) {
    const former = await db.pages.get(n)
    if (!former) continue
    const rows = await readPage(openPage(former).body)
    const kept = rows.filter((row) => isStaying(row, staying))
    const gone = rows.filter((row) => !isStaying(row, staying))
    trimmed.push({ former, page: kept.length === 0 ? null : await repack(former, kept), gone })
  }
  return trimmed
}

const repack = async ({ n, generation, part }: StoredPage, rows: readonly PackedRow[]): Promise<StoredPage> =>
  sealPage({ n, generation: generation + 1, part }, scopesOfRows(rows), await writePage(rows))

async function arePagesSame(db: ReplicaDatabase, tokens: readonly string[], pages: readonly TrimmedPage[]): Promise<boolean> {
  const concerned = await db.pages.where('scopes').anyOf(tokens).distinct().toArray()
  const generations = new Map(pages.map(({ former }) => [former.n, former.generation]))
  return concerned.length === pages.length && concerned.every(({ n, generation }) => generations.get(n) === generation)
}

async function replacePages(db: ReplicaDatabase, pages: readonly TrimmedPage[]): Promise<void> {
  await db.pages.bulkDelete(pages.flatMap(({ former, page }) => (page ? [] : [former.n])))
  await db.pages.bulkPut(pages.flatMap(({ page }) => page ?? []))
}

/** @returns what was removed */
async function removeRows(db: ReplicaDatabase, tokens: readonly string[], staying: ReadonlySet<string>): Promise<readonly GoneRow[]> {
  const rows = await db.rows.where('scopes').anyOf(tokens).distinct().toArray()
  const gone = openRows(rows).filter((row) => !isStaying(row, staying))
  await db.rows.bulkDelete(gone.map(({ table, id }) => rowKey(table, id)))
  return gone
}

/**
 * A person may have moved from one household to another: an older row of theirs, in a page of a household that stays, must not
 * come to light again when the newest one goes. Other rows have one household for ever.
 */
async function markRemoved(db: ReplicaDatabase, head: ReplicaHead, gone: readonly GoneRow[]): Promise<void> {
  const newest = new Map<string, GoneRow>()
  for (const row of gone) if (row.table === 'persons' && row.seq >= (newest.get(row.id)?.seq ?? 0)) newest.set(row.id, row)
  const known = await db.rows.bulkGet([...newest.keys()].map((id) => rowKey('persons', id)))
  const marks = [...newest.values()].flatMap(({ table, id, seq }, i) => (known[i] ? [] : [sealRow(rowKey(table, id), ++head.counter, { table, id, seq, row: null })]))
  await db.rows.bulkPut(marks)
}
