import type { FollowedPage } from '../../shared/sync/pull.ts'
import { storeFollowed } from './store-followed.ts'
import { runSyncTurn, type SyncTurnParts } from './sync-turn.ts'

/** Without a sign from main the server is asked all the same (spec L9). */
const ASK_EVERY_MS = 60_000

export interface SyncLoopParts extends SyncTurnParts {
  /** Before each turn; what it throws is the turn's failure. */
  readonly prepare: () => Promise<void>
  /** A turn ended without the database failing. */
  readonly onSuccess: () => void
  readonly onFailure: (error: unknown) => void
}

/** Runs sync turns one at a time, over all windows; a request during a turn leads to one more after it. */
export class SyncLoop {
  readonly #parts: SyncLoopParts
  #timer: ReturnType<typeof setInterval> | null = null
  #running: Promise<void> | null = null
  #isAskedAgain = false
  #offered: FollowedPage[] = []
  #isStopped = false

  constructor(parts: SyncLoopParts) {
    this.#parts = parts
  }

  start(): void {
    if (this.#isStopped) return
    this.#timer = setInterval(() => this.request(), ASK_EVERY_MS)
    this.request()
  }

  request(): void {
    if (this.#isStopped || this.#timer === null) return
    if (this.#running) {
      this.#isAskedAgain = true
      return
    }
    this.#isAskedAgain = true
    this.#running = this.#run()
  }

  /** What the next pull would bring. Where it does not begin where the store ends, the store pulls. */
  offer(followed: FollowedPage): void {
    if (this.#isStopped || this.#timer === null) return
    this.#offered.push(followed)
    this.#running ??= this.#run()
  }

  /** Resolves when no turn runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  async #run(): Promise<void> {
    do {
      const offered = this.#offered
      this.#offered = []
      const isAsked = this.#isAskedAgain
      this.#isAskedAgain = false
      await this.#turn(isAsked ? [] : offered)
    } while ((this.#isAskedAgain || this.#offered.length > 0) && !this.#isStopped)
    this.#running = null
  }

  /** The sync boundary: an expected failure is main's to show and to retry; what is thrown here comes from the database. */
  async #turn(offered: readonly FollowedPage[]): Promise<void> {
    try {
      await this.#parts.prepare()
      await inOneWindow(`rapport.sync.${this.#parts.db.name}`, async () => {
        const isEnough = offered.length > 0 && (await storeFollowed(this.#parts.db, offered))
        if (!isEnough) await runSyncTurn(this.#parts)
      })
      this.#parts.onSuccess()
    } catch (error) {
      if (!this.#isStopped) this.#parts.onFailure(error)
    }
  }
}

/** Web locks span the windows of the app; where they are missing, the cursor check of each transaction still holds. */
async function inOneWindow(name: string, work: () => Promise<unknown>): Promise<void> {
  const locks = globalThis.navigator?.locks
  if (locks) await locks.request(name, work)
  else await work()
}
