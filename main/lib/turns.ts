/** Runs actions one at a time, in the order of the calls; one that fails does not stop those behind it. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()

  /** @returns what the action answers, or its error */
  take<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Resolves when everything that was asked so far is over. */
  async settled(): Promise<void> {
    await this.#last
  }
}
