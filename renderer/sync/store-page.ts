import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { PullResponse, WireRow } from '../../shared/sync/pull.ts'
import type { CommandOutcome } from '../../shared/sync/push.ts'
import { openPending, sealPending } from '../db/pending-store.ts'
import type { ReplicaDatabase } from '../db/replica-database.ts'
import { type ReplicaHead, type ReplicaScope, readScope, writeReplica } from '../db/replica-head.ts'
import { rowKey, sealRow } from '../db/sealed-rows.ts'

/**
 * Stores one page of a pull in one transaction: rows, cursor, what became of this device's commands (spec L3, L7). What
 * does not rest on each other's answers is asked side by side: a person's next save waits for this transaction.
 * @param askedFrom the cursor that was sent
 * @returns false where another window moved the cursor meanwhile; nothing was stored
 */
export function storePage(db: ReplicaDatabase, page: PullResponse, askedFrom: number | null): Promise<boolean> {
  return writeReplica(db, async (head) => {
    if (head.cursor !== askedFrom) return false
    head.cursor = page.cursor
    head.epoch = page.epoch
    head.lastN = Math.max(head.lastN, answeredN(page))
    const [scope] = await Promise.all([readScope(db), putRows(db, head, page.rows), markOutcomes(db, page.outcomes)])
    await dropContained(db, head, scope)
    return true
  })
}

/** Whether the server named as many outcomes as one answer holds, so that more may follow. */
export const hasMoreOutcomes = (page: PullResponse): boolean => page.outcomes.length >= PULL_PAGE_ROWS

/** Up to here every outcome is known: a command beyond may have been refused, and must not drop off as if it were applied. */
const answeredN = (page: PullResponse): number => (hasMoreOutcomes(page) ? Math.min(page.lastN, page.outcomes.at(-1)?.n ?? 0) : page.lastN)

/** A stored row gives way only to one that is not older (spec L6); equal ones come again after a cut, or were hidden meanwhile. */
async function putRows(db: ReplicaDatabase, head: ReplicaHead, rows: readonly WireRow[]): Promise<void> {
  if (rows.length === 0) return
  const keys = rows.map((row) => rowKey(row.table, row.id))
  const known = await db.rows.bulkGet(keys)
  const sealed = rows.flatMap((row, i) => {
    const stored = known[i]
    return stored && stored.seq > row.seq ? [] : [sealRow(keys[i] as string, ++head.counter, row)]
  })
  await db.rows.bulkPut(sealed)
  if (!rows.some(({ table, row }) => table === 'contactEntries' && row === null)) return
  head.removedAt = head.counter
  await db.meta.delete('summary') // it may hold facts of an entry that was made confidential
}

async function markOutcomes(db: ReplicaDatabase, outcomes: readonly CommandOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const known = await db.pending.bulkGet(outcomes.map((outcome) => outcome.id))
  const marked = outcomes.flatMap(({ n, status, error }, i) => {
    const stored = known[i]
    if (!stored || stored.status === status) return []
    return [sealPending({ ...openPending(stored), n, status, error })]
  })
  if (marked.length > 0) await db.pending.bulkPut(marked)
}

/**
 * Commands whose rows are here drop off (spec L7), but not before a snapshot under way has brought those rows. Their answer, by id, has come
 * with this page or before it; the number alone says nothing, since a journal that lost its end gives it to another command.
 */
export async function dropContained(db: ReplicaDatabase, head: ReplicaHead, scope?: ReplicaScope): Promise<void> {
  if ((scope ?? (await readScope(db))).queue.length > 0) return
  const contained = await db.pending.where('n').belowOrEqual(head.lastN).toArray()
  const ids = contained.flatMap(({ id, status }) => (status === 'applied' ? [id] : []))
  if (ids.length > 0) await db.pending.bulkDelete(ids)
}
