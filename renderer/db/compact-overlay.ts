import type { PackedRow } from '../../shared/sync/packed-page.ts'
import { PULL_PAGE_ROWS } from '../../shared/sync/protocol.ts'
import { readPage, writePage } from './page-text.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase, StoredPage } from './replica-database.ts'
import { readHead, writeReplica } from './replica-head.ts'
import { openPage, openRows, scopesOfRows, sealPage } from './sealed-rows.ts'

/** From this many single rows on, opening gets slow (60 µs each, where a row of a page takes 5) and they are worth packing. */
export const COMPACT_ABOVE_ROWS = 1_000

/** A moment in which the screen has nothing to do. */
export const idle = (): Promise<void> =>
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

const isNewest = (replica: Replica, { table, id, seq }: PackedRow): boolean => {
  const known = replica.base.entry(table, id)
  return known?.seq === seq && known.row !== null
}

/** Keeps of a page what is still the newest of its row. Read and packed before the transaction, which must wait for nothing else. */
async function trimPage(db: ReplicaDatabase, replica: Replica, n: number): Promise<void> {
  const page = await db.pages.get(n)
  if (!page) return
  const rows = await readPage(openPage(page).body)
  const newest = rows.filter((row) => isNewest(replica, row))
  if (newest.length === rows.length) return
  const trimmed = newest.length === 0 ? null : sealPage(page, scopesOfRows(newest), await writePage(newest))
  await writeReplica(db, async () => {
    if (!isSame(page, await db.pages.get(n))) return // a scope was changed meanwhile
    if (trimmed) await db.pages.put(trimmed)
    else await db.pages.delete(n)
  })
}

/** Every sealed body begins with a nonce of its own. */
const NONCE_END = 25
const isSame = (a: StoredPage, b: StoredPage | undefined): boolean => a.sealed.subarray(0, NONCE_END).every((byte, i) => byte === b?.sealed[i])

/** Moves the oldest single rows into pages; rows marked as removed go, since no page holds them any more. @returns whether any were left */
async function packRows(db: ReplicaDatabase, throughN: number): Promise<boolean> {
  const stored = await db.rows.where('n').belowOrEqual(throughN).limit(PULL_PAGE_ROWS).toArray()
  if (stored.length === 0) return false
  const rows = openRows(stored).filter((row) => row.row !== null) as unknown as readonly PackedRow[]
  const parts = await Promise.all((['core', 'entries'] as const).map((part) => packPart(part, rows)))
  return writeReplica(db, async (head) => {
    const now = await db.rows.bulkGet(stored.map((row) => row.k))
    if (now.some((row, i) => row?.n !== stored[i]?.n)) return true // changed meanwhile: again
    for (const { part, scopes, body } of parts.filter((p) => p !== null)) {
      await db.pages.put(sealPage({ n: ++head.counter, generation: head.generation, part }, scopes, body))
    }
    await db.rows.bulkDelete(stored.map((row) => row.k))
    return true
  })
}

async function packPart(part: StoredPage['part'], all: readonly PackedRow[]) {
  const rows = all.filter(({ table }) => (table === 'contactEntries') === (part === 'entries'))
  return rows.length === 0 ? null : { part, scopes: scopesOfRows(rows), body: await writePage(rows) }
}
