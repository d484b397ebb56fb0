const FREE_GUESSES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/** Slows down somebody who types passphrases into an unattended laptop: after five wrong ones, 30 s, doubling to 15 min. */
export class GuessLimit {
  readonly #monotonicMs: () => number
  #wrongCount = 0
  #blockedUntilMs = 0

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs
  }

  /** Seconds until the next guess; 0 = now. */
  waitSeconds(): number {
    return Math.max(0, Math.ceil((this.#blockedUntilMs - this.#monotonicMs()) / 1_000))
  }

  wrong(): void {
    this.#wrongCount += 1
    const over = this.#wrongCount - FREE_GUESSES
    if (over >= 0) this.#blockedUntilMs = this.#monotonicMs() + Math.min(FIRST_WAIT_MS * 2 ** over, LONGEST_WAIT_MS)
  }

  right(): void {
    this.#wrongCount = 0
  }
}
