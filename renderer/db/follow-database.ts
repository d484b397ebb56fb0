import { liveQuery } from 'dexie'
import type { BaseEntry } from './base-rows.ts'
import type { FreshPages } from './fresh-pages.ts'
import { type LoadedRows, loadRows } from './load-replica.ts'
import type { PageReader, PlainPage } from './page-reader.ts'
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
  readonly pages: readonly (PlainPage | StoredPage)[]
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
  const follower = new Follower(parts, loaded)
  const subscription = liveQuery(() => readWatched(parts.db)).subscribe({ next: () => follower.lookAgain(), error: parts.onDamage })
  return () => {
    follower.stop()
    subscription.unsubscribe()
  }
}

/** Reads what every write touches, and no more: a pull writes the head, a command the pending list. */
const readWatched = (db: ReplicaDatabase): Promise<unknown> =>
  db.transaction('r', [db.pending, db.meta], () => Promise.all([db.meta.get('head'), db.meta.get('fetch'), db.pending.toArray()]))

/** One turn at a time brings what the store has and the memory lacks. */
class Follower {
  readonly #parts: FollowParts
  #throughN: number // newest page or row that is in memory
  #generation: number
  #isDirty = false
  #isRunning = false
  #isStopped = false

  constructor(parts: FollowParts, { throughN, generation }: LoadedRows) {
    this.#parts = parts
    this.#throughN = throughN
    this.#generation = generation
  }

  /** The store may have changed. */
  lookAgain(): void {
    this.#isDirty = true
    void this.#run()
  }

  stop(): void {
    this.#isStopped = true
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    try {
      while (this.#isDirty && !this.#isStopped) {
        this.#isDirty = false
        await this.#turn()
      }
    } catch (error) {
      if (!this.#isStopped) this.#parts.onDamage(error)
    } finally {
      this.#isRunning = false
    }
  }

  async #turn(): Promise<void> {
    const news = await this.#readNews()
    if (news === null) {
      this.#isDirty = true
      return
    }
    const entries = await open(this.#parts, news)
    if (this.#isStopped) return
    const { replica } = this.#parts
    replica.receive(entries, openReadable(news.pending), news.head)
    this.#throughN = Math.max(this.#throughN, news.head.counter)
    const progress = progressOf(news.head, news.scope)
    replica.report(progress)
    if (progress.phase !== 'ready' && entries.length > MANY_ROWS) await breathe(PULLING_MS)
  }

  /** @returns what is newer than the memory, which is loaded anew where rows were removed; null = they were again meanwhile */
  async #readNews(): Promise<News | null> {
    const news = await this.#ask()
    if (news.head.generation === this.#generation) return news
    await this.#reload()
    const newer = await this.#ask()
    return newer.head.generation === this.#generation ? newer : null
  }

  #ask(): Promise<News> {
    const { db } = this.#parts
    return db.transaction('r', [db.pages, db.rows, db.pending, db.meta], async () => {
      const newer = [db.pages.where('n').above(this.#throughN).primaryKeys(), db.rows.where('n').above(this.#throughN).toArray()] as const
      const [head, scope, pageNs, rows, pending] = await Promise.all([readHead(db), readScope(db), ...newer, db.pending.toArray()])
      return { head, scope, pages: await this.#readPages(pageNs, head.generation), rows, pending }
    })
  }

  /** What this window has just stored is not read again. */
  async #readPages(ns: readonly number[], generation: number): Promise<News['pages']> {
    const { db, fresh } = this.#parts
    const known = ns.flatMap((n) => fresh.take({ n, generation }) ?? [])
    const missing = ns.filter((n) => !known.some((page) => page.n === n))
    const stored = missing.length === 0 ? [] : await db.pages.bulkGet(missing)
    return [...known, ...stored.flatMap((page) => page ?? [])]
  }

  async #reload(): Promise<void> {
    const { db, replica, reader, fresh } = this.#parts
    fresh.clear()
    const { base, throughN, generation } = await loadRows(db, reader)
    this.#throughN = throughN
    this.#generation = generation
    const { pending, head } = await this.#ask()
    if (!this.#isStopped) replica.replaceBase(base, openReadable(pending), { ...head, cursor: null, generation, counter: throughN })
  }
}

/** Throws where a body was changed or moved. */
async function open({ reader }: FollowParts, { pages, rows }: News): Promise<readonly BaseEntry[]> {
  const entries: BaseEntry[] = []
  const parsed = pages.map(async (page, i) => {
    if (i > 0) await breathe()
    return entriesOfPage(page.n, await reader.read('sealed' in page ? openPage(page) : page))
  })
  for (const page of await Promise.all(parsed)) for (const entry of page) entries.push(entry)
  for (let i = 0; i < rows.length; i += ROWS_A_CHUNK) {
    if (i > 0) await breathe()
    entries.push(...openRows(rows.slice(i, i + ROWS_A_CHUNK)))
  }
  return entries
}
