import Dexie from 'dexie'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import type { FollowedPage } from '../../shared/sync/pull.ts'
import { sendReminders } from '../reminders/send-reminders.ts'
import { type SearchHit, searchRows, warmSearch } from '../search/search-rows.ts'
import { reconcileOutbox } from '../sync/reconcile-outbox.ts'
import { SyncLoop } from '../sync/sync-loop.ts'
import { compactOverlay, idle } from './compact-overlay.ts'
import { openSummary, writeSummary } from './contact-summary.ts'
import { followDatabase } from './follow-database.ts'
import { FreshPages } from './fresh-pages.ts'
import { type LoadedRows, type LoadSteps, loadRows } from './load-replica.ts'
import { openPageReader, type PageReader } from './page-reader.ts'
import { listPending, openReadable } from './pending-store.ts'
import { rebuildReplica } from './rebuild-replica.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase } from './replica-database.ts'
import { readHead, readScope } from './replica-head.ts'
import { progressOf } from './replica-progress.ts'
import { isDamage } from './sealed-json.ts'
import { readCore, type StoredCore } from './stored-core.ts'

export interface ReplicaHooks {
  /** The disk failed to take a write, or takes them again (null). */
  readonly onStorage: (error: AppError | null) => void
}

/** A database that breaks again and again in one session is a failing disk, not a damaged file. */
const MOST_RECOVERIES = 3

/** What a sync turn has stored is on the screen well before; where nothing of it is, the reader is started anew. */
const SHOWN_WITHIN_MS = 3_000

/** A summary that is older costs a moment of wrong cadences at the next start; one takes some 50 ms in pieces. */
const SUMMARY_EVERY_MS = 30_000

/** One person's replica on this laptop, open: database, rows in memory, and the sync that keeps them going. */
export class ReplicaSession {
  readonly db: ReplicaDatabase
  readonly replica: Replica
  readonly role: string
  readonly reader: PageReader = openPageReader()
  /** Resolves when the stored rows are in memory and commands may run; never rejects. */
  readonly loaded: Promise<void>
  /** Resolves when there is something to show, or nothing more is to be waited for. */
  readonly showable: Promise<unknown>
  readonly #hasCore = Promise.withResolvers<void>()
  readonly unsaved = new Map<string, 'saving' | 'given-up'>() // commands that nobody was told are saved
  readonly #hooks: ReplicaHooks
  readonly #loop: SyncLoop
  readonly #fresh = new FreshPages()
  #queue: Promise<unknown> = Promise.resolve()
  #stopFollowing: () => void = () => undefined
  readonly #stopReminders: () => void
  #isClosed = false
  #mayHaveLost = false // the database ended and was opened again: it may be older than what was read from it, and count anew
  #recoveries = 0
  #summaryTimer: ReturnType<typeof setInterval> | null = null
  #summedVersion = -1
  #isStorageFailing = false
  #isBehind = false // the database failed under the reader that keeps the memory up to date, which then hears no more of changes

  /**
   * @param role of the person: the rows stored for another role are not theirs to see
   * @param core what was read of the database already
   */
  constructor(db: ReplicaDatabase, replica: Replica, role: string, hooks: ReplicaHooks, core?: Promise<StoredCore>) {
    this.db = db
    this.replica = replica
    this.role = role
    this.#hooks = hooks
    const hooksOfLoop = { prepare: () => this.reopenWhereEnded(), onSuccess: () => this.#wentWell(), onFailure: (error: unknown) => void this.#handle(error) }
    this.#loop = new SyncLoop({ db, role, fresh: this.#fresh, unsaved: this.unsaved, ...hooksOfLoop })
    this.#stopReminders = sendReminders(replica)
    this.loaded = this.#load(core).catch(() => (this.#isClosed ? undefined : this.reportStorage(appError('storage/write-failed'))))
    this.showable = Promise.race([this.#hasCore.promise, this.loaded])
  }

  get databaseName(): string {
    return this.db.name
  }

  /** Runs pieces of work one after the other, in the order in which they were handed in. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  /** Starts a sync turn, or another one after the one that runs. */
  requestSync(): void {
    this.#loop.request()
  }

  /** What the server sent by itself: screens show it at once, the store has it a moment later. */
  receivePage(followed: FollowedPage): void {
    this.replica.receiveAhead(followed)
    this.#loop.offer(followed)
  }

  /** Rows of every kind that contain all words of the query; see `searchRows`. */
  search(query: string, limit: number): Promise<readonly SearchHit[]> {
    return searchRows(this.replica, this.reader, query, { limit })
  }

  /** Resolves when the sync turns asked for so far are over. */
  async syncIdle(): Promise<void> {
    await this.loaded
    await this.#loop.idle()
  }

  /**
   * Before each attempt to write: a full disk ends the database, and where opening it again fails too it stays closed
   * (seen on Chromium 130). With room again the next attempt works, without a restart.
   */
  async reopenWhereEnded(): Promise<void> {
    if (this.#isClosed || this.db.isOpen()) return
    this.db.close({ disableAutoOpen: false })
    await this.db.open()
    this.#isBehind = true
    this.#mayHaveLost = true
  }

  reportStorage(error: AppError | null): void {
    if (error === null && !this.#isStorageFailing) return
    this.#isStorageFailing = error !== null
    this.#hooks.onStorage(error)
  }

  close(): void {
    this.#isClosed = true
    this.#loop.stop()
    if (this.#summaryTimer !== null) clearInterval(this.#summaryTimer)
    this.#stopFollowing()
    this.#stopReminders()
    this.reader.close()
    this.db.close()
  }

  async #load(early?: Promise<StoredCore>): Promise<void> {
    const rows = await this.#loadSound(early)
    await reconcileOutbox(this.db) // spec J4; where main does not answer, the first sync turn repeats it
    await this.#show(rows)
    this.replica.report(progressOf(await readHead(this.db), await readScope(this.db)))
    this.#follow(rows)
    this.#loop.start()
    void this.#prepareLater()
  }

  /** The stored rows; where they are damaged, incomplete, or another role's, none: all come anew. */
  async #loadSound(early?: Promise<StoredCore>): Promise<LoadedRows> {
    try {
      const core = await (early ?? readCore(this.db))
      const isSound = core.isComplete && (core.head.role === null || core.head.role === this.role)
      if (isSound) return await loadRows(this.db, this.reader, this.#loadSteps(core))
    } catch (error) {
      if (!isDamage(error) && !(error instanceof Dexie.DexieError)) throw error
      console.warn('replica.damaged', error instanceof Error ? error.name : 'unknown')
    }
    return rebuildReplica(this.db, this.replica, this.reader)
  }

  /** The screens come up as soon as the small tables are here; entries follow. */
  #loadSteps(core: StoredCore): LoadSteps {
    const { head, scope, pending, summary, entryPageNs } = core
    const isFetched = progressOf(head, scope).phase !== 'pulling'
    let phase: 'opening' | 'filling' = 'opening'
    return {
      core,
      onProgress: (done) => this.replica.report({ phase, done, total: null }),
      onCore: async ({ base, generation, throughN }) => {
        if (!isFetched) return // a laptop that has nothing yet, or not all small tables: no screen would be right
        phase = 'filling'
        const standing = { ...head, cursor: null, generation, counter: throughN }
        this.replica.replaceBase(base, openReadable(pending), standing, await openSummary(summary, generation, entryPageNs.at(-1) ?? 0))
        this.replica.report({ phase, done: base.count(), total: null })
        this.#hasCore.resolve()
      },
    }
  }

  async #show({ base, generation, throughN }: LoadedRows): Promise<void> {
    const head = await readHead(this.db)
    this.replica.replaceBase(base, await listPending(this.db), { ...head, cursor: null, generation, counter: throughN }) // what came meanwhile is not in `base`
  }

  #follow(rows: LoadedRows): void {
    if (this.#isClosed) return
    this.#stopFollowing = followDatabase({ db: this.db, replica: this.replica, reader: this.reader, fresh: this.#fresh, onDamage: (error) => void this.#handle(error) }, rows)
  }

  /** A sync turn ended without the database failing; what was written while nobody could read is shown now. */
  #wentWell(): void {
    this.reportStorage(null)
    if (this.#isBehind) this.#followAnew()
    else void this.#seeThatAllIsShown().catch((error: unknown) => this.#handle(error))
  }

  /** A read that waits behind a write of a full disk may never settle, and its reader then says nothing more. */
  async #seeThatAllIsShown(): Promise<void> {
    const shown = this.replica.standing.counter
    const { counter } = await readHead(this.db)
    if (shown > counter) this.#mayHaveLost = true
    if (shown > counter) return this.#followAnew()
    if (shown === counter) return
    await new Promise((resolve) => setTimeout(resolve, SHOWN_WITHIN_MS))
    if (!this.#isClosed && this.replica.standing.counter === shown) this.#followAnew()
  }

  #followAnew(): void {
    this.#isBehind = false
    this.#stopFollowing()
    if (this.#mayHaveLost) return void this.#reload().catch((error: unknown) => this.#handle(error))
    const { counter, generation } = this.replica.standing
    this.#follow({ base: this.replica.base, throughN: counter, generation })
  }

  async #reload(): Promise<void> {
    this.#fresh.clear()
    const rows = await loadRows(this.db, this.reader)
    this.#mayHaveLost = false
    await this.#show(rows)
    this.#follow(rows)
  }

  /** A body that does not open is fetched or journalled: all comes again. What the database answers is the disk's fault. */
  async #handle(error: unknown): Promise<void> {
    if (this.#isClosed) return
    console.error('replica.failed', error instanceof Error ? error.name : 'unknown')
    if (!isDamage(error)) this.#isBehind = true
    if (error instanceof Dexie.DexieError) {
      return this.reportStorage(appError('storage/write-failed'))
    }
    if (!isDamage(error)) return
    if (++this.#recoveries > MOST_RECOVERIES) return this.reportStorage(appError('storage/write-failed'))
    this.#stopFollowing()
    this.#fresh.clear()
    const rows = await rebuildReplica(this.db, this.replica, this.reader)
    await this.#show(rows)
    this.#follow(rows)
    this.#loop.request()
  }

  /** Writes the next start's summary where entries have changed since the last one, and again when they have calmed down. */
  async #keepSummary(): Promise<void> {
    if (this.#summaryTimer === null) this.#summaryTimer = setInterval(() => void this.#keepSummary().catch((error: unknown) => this.#handle(error)), SUMMARY_EVERY_MS)
    const { entriesVersion, progress } = this.replica
    if (this.#isClosed || progress.phase !== 'ready' || this.#summedVersion === entriesVersion) return
    this.#summedVersion = entriesVersion
    await writeSummary(this.db, this.replica, Date.now(), idle)
  }

  /** What makes later work faster, once the first sync turn is over. */
  async #prepareLater(): Promise<void> {
    await this.#loop.idle()
    if (this.#isClosed) return
    try {
      await warmSearch(this.replica, idle)
      await compactOverlay(this.db, this.replica)
      await this.#keepSummary()
    } catch (error) {
      await this.#handle(error)
    }
  }
}
