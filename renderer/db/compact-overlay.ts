import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase, StoredPage } from './replica-database.ts'
import { readHead, writeReplica } from './replica-head.ts'
import { openPages, openRows, sealPage } from './sealed-rows.ts'

/** From this many single rows on, opening gets slow and they are worth packing. */
export const COMPACT_ABOVE_ROWS = 5_000

const idle = (): Promise<void> =>
  new Promise((resolve) => (typeof globalThis.requestIdleCallback === 'function' ? globalThis.requestIdleCallback(() => resolve(), { timeout: 1_000 }) : setTimeout(resolve, 0)))

/**
 * Packs single rows into pages and takes outdated rows out of the pages, one page a transaction, while nothing else
 * happens. Content does not change, so it may stop anywhere.
 */
export async function compactOverlay(db: ReplicaDatabase, replica: Replica, aboveRows = COMPACT_ABOVE_ROWS): Promise<void> {
  if ((await db.rows.count()) <= aboveRows) return
  const { counter } = await readHead(db)
  for (const n of await db.pages.where('n').belowOrEqual(counter).primaryKeys()) {
    await idle()
    await trimPage(db, replica, n)
  }
  while (await packRows(db, counter)) await idle()
}

/** Keeps of a page what is still the newest of its row. */
function trimPage(db: ReplicaDatabase, replica: Replica, n: number): Promise<void> {
  return writeReplica(db, async () => {
    const page = await db.pages.get(n)
    if (!page) return
    const rows = openPages([page])
    const newest = rows.filter((row) => replica.base.entry(row.table, row.id)?.seq === row.seq && replica.base.entry(row.table, row.id)?.row)
    if (newest.length === 0) await db.pages.delete(n)
    else if (newest.length < rows.length) await db.pages.put(sealPage(n, page.generation, newest) satisfies StoredPage)
  })
}

/** Moves the oldest single rows into a page; rows marked as removed go, since no page holds them any more. @returns whether any were left */
function packRows(db: ReplicaDatabase, throughN: number): Promise<boolean> {
  return writeReplica(db, async (head) => {
    const stored = await db.rows.where('n').belowOrEqual(throughN).limit(PULL_PAGE_ROWS).toArray()
    if (stored.length === 0) return false
    const rows = openRows(stored).filter((row) => row.row !== null)
    if (rows.length > 0) await db.pages.put(sealPage(++head.counter, head.generation, rows))
    await db.rows.bulkDelete(stored.map((row) => row.k))
    return true
  })
}
