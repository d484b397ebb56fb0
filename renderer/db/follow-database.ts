import { liveQuery } from 'dexie'
import type { LoadedRows } from './load-replica.ts'
import { loadRows } from './load-replica.ts'
import type { PendingCommand } from './pending-command.ts'
import { openPending } from './pending-store.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase, StoredPage, StoredPending, StoredRow } from './replica-database.ts'
import { type ReplicaHead, type ReplicaScope, readHead, readScope } from './replica-head.ts'
import { progressOf } from './replica-progress.ts'
import { openPages, openRows } from './sealed-rows.ts'

interface News {
  readonly head: ReplicaHead
  readonly scope: ReplicaScope
  readonly pages: readonly StoredPage[]
  readonly rows: readonly StoredRow[]
  readonly pending: readonly StoredPending[]
}

/**
 * The one live query: keeps the replica in memory equal to the store, whichever window wrote.
 * @param onDamage a body did not open, or the database went away
 * @returns stops following
 */
export function followDatabase(db: ReplicaDatabase, replica: Replica, loaded: LoadedRows, onDamage: (error: unknown) => void): () => void {
  let { throughN, generation } = loaded
  let isReloading = false

  const ask = (): Promise<News> =>
    db.transaction('r', [db.pages, db.rows, db.pending, db.meta], async () => ({
      head: await readHead(db),
      scope: await readScope(db),
      pages: await db.pages.where('n').above(throughN).toArray(),
      rows: await db.rows.where('n').above(throughN).toArray(),
      pending: await db.pending.toArray(),
    }))

  const reload = async (): Promise<void> => {
    isReloading = true
    const fresh = await loadRows(db, () => undefined)
    throughN = fresh.throughN
    generation = fresh.generation
    isReloading = false
    const news = await ask()
    replica.replaceBase(fresh.base, readable(news.pending), { lastN: news.head.lastN, generation, counter: throughN })
    take(news)
  }

  const take = ({ head, scope, pages, rows, pending }: News): void => {
    if (isReloading) return
    if (head.generation !== generation) {
      reload().catch(onDamage)
      return
    }
    replica.receive([...openPages(pages), ...openRows(rows)], readable(pending), head)
    throughN = Math.max(throughN, head.counter)
    replica.report(progressOf(head, scope))
  }

  const subscription = liveQuery(ask).subscribe({
    next: (news) => {
      try {
        take(news)
      } catch (error) {
        onDamage(error)
      }
    },
    error: onDamage,
  })
  return () => subscription.unsubscribe()
}

/** A damaged one is left out here; the next sync turn gets it back from the journal. */
function readable(stored: readonly StoredPending[]): readonly PendingCommand[] {
  return stored.flatMap((item) => {
    try {
      return [openPending(item)]
    } catch {
      return []
    }
  })
}
