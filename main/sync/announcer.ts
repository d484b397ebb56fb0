import type { SyncStatus } from '../../shared/ipc/ipc-contract.ts'

/** Tells of a change of the status that shows: the renderer answers an announcement with a pull, which would announce again. */
export class Announcer {
  readonly #onChange: (isBehind: boolean) => void
  #last = ''
  #lastRest = '' // without what is unsent

  constructor(onChange: (isBehind: boolean) => void) {
    this.#onChange = onChange
  }

  /** @param isFollowed what is to be pulled comes by itself: that something was sent is then no reason to pull */
  tell({ lastContactAtMs: _contact, leaseEndsAtMs: _end, ...shown }: SyncStatus, isFollowed: boolean): void {
    const next = JSON.stringify(shown)
    if (next === this.#last) return
    this.#last = next
    const rest = JSON.stringify({ ...shown, unsentCount: 0, waiting: [] })
    const isBehind = !isFollowed || rest !== this.#lastRest
    this.#lastRest = rest
    this.#onChange(isBehind)
  }
}
