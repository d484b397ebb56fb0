import { liveQuery } from 'dexie'
import type { BaseEntry } from './base-rows.ts'
import type { FreshPages } from './fresh-pages.ts'
import type { LoadedRows } from './load-replica.ts'
import { loadRows } from './load-replica.ts'
import type { PageReader } from './page-reader.ts'
import { openReadable } from './pending-store.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase, StoredPage, StoredPending, StoredRow } from './replica-database.ts'
import { type ReplicaHead, type ReplicaScope, readHead, readScope } from './replica-head.ts'
import { progressOf } from './replica-progress.ts'
import { entriesOfPage, openPage, openRows } from './sealed-rows.ts'

/** While a large fetch runs, the screen takes in what has come so often: each time every list on it is made anew. */
const PULLING_MS = 250
const MANY_ROWS = 500
const ROWS_A_CHUNK = 100

interface News {
  readonly head: ReplicaHead
  readonly scope: ReplicaScope
  readonly pages: readonly StoredPage[]
  readonly rows: readonly StoredRow[]
  readonly pending: readonly StoredPending[]
}

export interface FollowParts {
  readonly db: ReplicaDatabase
  readonly replica: Replica
  readonly reader: PageReader
  readonly fresh: FreshPages
  /** A body did not open, or the database went away. */
  readonly onDamage: (error: unknown) => void
}

const breathe = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Keeps the replica in memory equal to the store, whichever window wrote. The live query only says that something
 * changed; what changed is then read in one transaction, opened and shown at once, before anything newer is read.
 * @returns stops following
 */
export function followDatabase(parts: FollowParts, loaded: LoadedRows): () => void {
  const { db, replica, reader, fresh, onDamage } = parts
  let { throughN, generation } = loaded
  let isDirty = false
  let isRunning = false
  let isStopped = false

  const ask = (): Promise<News> =>
    db.transaction('r', [db.pages, db.rows, db.pending, db.meta], async () => {
      const newer = [db.pages.where('n').above(throughN).toArray(), db.rows.where('n').above(throughN).toArray()] as const
      const [head, scope, pages, rows, pending] = await Promise.all([readHead(db), readScope(db), ...newer, db.pending.toArray()])
      return { head, scope, pages, rows, pending }
    })

  const reload = async (): Promise<void> => {
    fresh.clear()
    const rows = await loadRows(db, reader)
    throughN = rows.throughN
    generation = rows.generation
    const { pending, head } = await ask()
    if (!isStopped) replica.replaceBase(rows.base, openReadable(pending), { ...head, cursor: null, generation, counter: throughN })
  }

  const turn = async (): Promise<void> => {
    let news = await ask()
    if (news.head.generation !== generation) {
      await reload()
      news = await ask()
      if (news.head.generation !== generation) {
        isDirty = true
        return
      }
    }
    const entries = await open(parts, news)
    if (isStopped) return
    replica.receive(entries, openReadable(news.pending), news.head)
    throughN = Math.max(throughN, news.head.counter)
    const progress = progressOf(news.head, news.scope)
    replica.report(progress)
    if (progress.phase !== 'ready' && entries.length > MANY_ROWS) await breathe(PULLING_MS)
  }

  const run = async (): Promise<void> => {
    if (isRunning) return
    isRunning = true
    try {
      while (isDirty && !isStopped) {
        isDirty = false
        await turn()
      }
    } catch (error) {
      if (!isStopped) onDamage(error)
    } finally {
      isRunning = false
    }
  }

  /** Reads what every write touches, and no more: a pull writes the head, a command the pending list. */
  const watched = (): Promise<unknown> => db.transaction('r', [db.pending, db.meta], () => Promise.all([db.meta.get('head'), db.meta.get('fetch'), db.pending.toArray()]))

  const subscription = liveQuery(watched).subscribe({
    next: () => {
      isDirty = true
      void run()
    },
    error: onDamage,
  })
  return () => {
    isStopped = true
    subscription.unsubscribe()
  }
}

/** Throws where a body was changed or moved. */
async function open({ reader, fresh }: FollowParts, { pages, rows }: News): Promise<readonly BaseEntry[]> {
  const entries: BaseEntry[] = []
  const parsed = pages.map(async (page, i) => {
    if (i > 0) await breathe()
    return entriesOfPage(page.n, await reader.read(fresh.take(page) ?? openPage(page)))
  })
  for (const page of await Promise.all(parsed)) for (const entry of page) entries.push(entry)
  for (let i = 0; i < rows.length; i += ROWS_A_CHUNK) {
    if (i > 0) await breathe()
    entries.push(...openRows(rows.slice(i, i + ROWS_A_CHUNK)))
  }
  return entries
}
