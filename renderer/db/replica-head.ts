import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { ScopeEntry, SnapshotPart } from '../../shared/sync/pull.ts'
import type { ReplicaDatabase, StoredMeta } from './replica-database.ts'
import { openJson, sealJson } from './sealed-json.ts'

/** Where the replica stands; written in every transaction that writes rows. */
export interface ReplicaHead {
  epoch: string | null // null = never pulled
  cursor: number | null // null = a first position has to be asked for
  scopeHash: string | null
  lastN: number // this device's commands up to here are contained in the rows
  generation: number // goes up when rows were removed: every window then reads all anew
  counter: number // last `n` given to a page or row
  pageCount: number // with rowCount a check against a store that came back with records missing
  rowCount: number
  removedAt?: number // counter of the newest row that said that an entry is not the person's to read any more
  role: string | null // of the person when the rows were fetched; another one sees other rows
}

/** What one series of snapshot requests fetches; no households = the firm's own rows. */
export interface SnapshotBatch {
  readonly part: SnapshotPart
  readonly householdIds: readonly string[]
}
interface StoredScope {
  readonly entries: readonly ScopeEntry[]
  readonly queue: readonly SnapshotBatch[] // small tables of all households first, then contact entries
}
/** How far the queue has been fetched: a small record, because it is written with every page. */
interface StoredFetch {
  readonly skipped: number // batches of the stored queue that are here already
  readonly after: string | null // where the first batch goes on
  readonly doneCount: number // households whose entries were fetched since the queue was last empty; for the progress bar
}
/** Which households are held, and what is still to be fetched by snapshot. */
export type ReplicaScope = StoredScope & Pick<StoredFetch, 'after' | 'doneCount'>

const emptyHead: ReplicaHead = { epoch: null, cursor: null, scopeHash: null, lastN: 0, generation: 0, counter: 0, pageCount: 0, rowCount: 0, role: null }
const emptyScope: StoredScope = { entries: [], queue: [] }
const emptyFetch: StoredFetch = { skipped: 0, after: null, doneCount: 0 }

const placeOf = (k: StoredMeta['k'], n: number): string => `meta|${k}|${n}`

/** Records opened last, by database: a scope of 3,000 households is read with every page. Values are not changed in place. */
const opened = new WeakMap<ReplicaDatabase, Map<StoredMeta['k'], { readonly sealed: Uint8Array; readonly value: unknown }>>()

/** @returns the value and the version in which it is stored; 0 = not yet */
async function readMeta<T>(db: ReplicaDatabase, k: StoredMeta['k'], empty: T): Promise<{ readonly value: T; readonly n: number }> {
  const stored = await db.meta.get(k)
  if (!stored) return { value: { ...empty }, n: 0 }
  const known = opened.get(db)?.get(k)
  if (known && isSameBytes(known.sealed, stored.sealed)) return { value: known.value as T, n: stored.n }
  const value = openJson<T>(placeOf(k, stored.n), stored.sealed)
  const cache = opened.get(db) ?? new Map()
  opened.set(db, cache.set(k, { sealed: stored.sealed, value }))
  return { value, n: stored.n }
}

/** A sealed body begins with a random nonce: what begins alike is alike. */
const NONCE_END = 25
const isSameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.subarray(0, NONCE_END).every((byte, i) => byte === b[i])

/** @param formerN the version that this transaction has read, where it has */
async function writeMeta(db: ReplicaDatabase, k: StoredMeta['k'], value: unknown, formerN?: number): Promise<void> {
  const n = (formerN ?? (await db.meta.get(k))?.n ?? 0) + 1
  await db.meta.put({ k, n, sealed: sealJson(placeOf(k, n), value) })
}

/** Throws where the record was changed or moved. */
export const readHead = async (db: ReplicaDatabase): Promise<ReplicaHead> => ({ ...(await readMeta(db, 'head', emptyHead)).value })

/** Throws where a record was changed or moved. */
export async function readScope(db: ReplicaDatabase): Promise<ReplicaScope> {
  const [scope, fetch] = await Promise.all([readMeta(db, 'scope', emptyScope), readMeta(db, 'fetch', emptyFetch)])
  const { entries, queue } = scope.value
  const { skipped, after, doneCount } = fetch.value
  return { entries, queue: skipped === 0 ? queue : queue.slice(skipped), after, doneCount }
}

export async function writeScope(db: ReplicaDatabase, { entries, queue, after, doneCount }: ReplicaScope): Promise<void> {
  await writeMeta(db, 'scope', { entries, queue } satisfies StoredScope)
  await writeMeta(db, 'fetch', { skipped: 0, after, doneCount } satisfies StoredFetch)
}

/** The first batch goes on at `after`, or is here: null. */
export async function writeProgress(db: ReplicaDatabase, after: string | null): Promise<void> {
  const [scope, fetch] = await Promise.all([readMeta(db, 'scope', emptyScope), readMeta(db, 'fetch', emptyFetch)])
  const { skipped, doneCount } = fetch.value
  const batch = scope.value.queue[skipped]
  const done = after === null && batch?.part === 'entries' ? batch.householdIds.length : 0
  await writeMeta(db, 'fetch', { skipped: after === null ? skipped + 1 : skipped, after, doneCount: doneCount + done } satisfies StoredFetch, fetch.n)
}

/**
 * One transaction over everything the replica stores, after the saves that are on their way. `work` may change the head it
 * is handed, which is then written with the new counts; one that stayed the same is not, so that a pull without news waits
 * for no disk and wakes nobody. `work` must await nothing but the database, or the transaction closes under it.
 */
export async function writeReplica<T>(db: ReplicaDatabase, work: (head: ReplicaHead) => Promise<T>): Promise<T> {
  await db.saves.free()
  return db.transaction('rw', [db.pages, db.rows, db.pending, db.meta], async () => {
    const { value: before, n } = await readMeta(db, 'head', emptyHead)
    const head = { ...before }
    const result = await work(head)
    const [pageCount, rowCount] = await Promise.all([db.pages.count(), db.rows.count()])
    Object.assign(head, { pageCount, rowCount } satisfies Partial<ReplicaHead>)
    if (!isDeepEqual(head, before)) await writeMeta(db, 'head', head, n)
    return result
  })
}

/** Forgets every server row, to fetch all anew; pending commands stay. */
export function resetReplica(db: ReplicaDatabase): Promise<void> {
  return db.transaction('rw', [db.pages, db.rows, db.meta], async () => {
    const generation = await readHead(db).then(
      (head) => head.generation,
      () => 0, // a damaged head is one of the reasons to be here
    )
    await db.pages.clear()
    await db.rows.clear()
    await db.meta.clear()
    await writeMeta(db, 'head', { ...emptyHead, generation: generation + 1 })
  })
}
