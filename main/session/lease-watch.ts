import type { SessionRecord } from '../vault/session-record.ts'
import { leaseOf } from './lease.ts'

const CHECK_MS = 30_000
/** Who kills the app more often than this to win time types the passphrase each time. */
const SAVE_MS = 60_000

export interface LeaseWatchDeps {
  readonly record: () => SessionRecord
  readonly nowMs: () => number
  readonly monotonicMs: () => number // while the app is open this clock counts, which nobody can set
  readonly lastContactAtMs: () => number | null // of the running connection
  readonly save: (lastUsedAtMs: number) => void // on the disk soon, so that a kill does not win time
  readonly onOver: () => void
}

/** While the app is open: ends its use when the lease ends, and writes down how far time has come. */
export class LeaseWatch {
  readonly #deps: LeaseWatchDeps
  readonly #openedAtMs: number
  readonly #openedMonotonicMs: number
  #contactAtMs: number | null
  #endsMonotonicMs: number
  #savedMonotonicMs: number
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(deps: LeaseWatchDeps) {
    this.#deps = deps
    const record = deps.record()
    const mono = deps.monotonicMs()
    this.#openedAtMs = Math.max(deps.nowMs(), record.lastUsedAtMs)
    this.#openedMonotonicMs = mono
    this.#savedMonotonicMs = mono
    this.#contactAtMs = deps.lastContactAtMs()
    this.#endsMonotonicMs = mono + leaseOf(record) - Math.max(0, this.#openedAtMs - record.lastContactAtMs)
  }

  start(): void {
    this.#timer = setInterval(() => this.check(), CHECK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** The latest moment that can be said to have come, whatever the clock on the wall was set to meanwhile; whole, as the record demands. */
  usedAtMs(): number {
    return this.#openedAtMs + Math.round(this.#deps.monotonicMs() - this.#openedMonotonicMs)
  }

  check(): void {
    const mono = this.#deps.monotonicMs()
    const contactAtMs = this.#deps.lastContactAtMs()
    if (contactAtMs !== this.#contactAtMs) {
      this.#contactAtMs = contactAtMs
      this.#endsMonotonicMs = mono + leaseOf(this.#deps.record())
    }
    if (mono >= this.#endsMonotonicMs) this.#deps.onOver()
    else if (mono - this.#savedMonotonicMs >= SAVE_MS) {
      this.#savedMonotonicMs = mono
      this.#deps.save(this.usedAtMs())
    }
  }
}
