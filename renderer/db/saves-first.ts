/**
 * Lets the sync's writes wait while a person's save is on its way into the database: IndexedDB takes one transaction after
 * the other, and each waits for the disk.
 */
export class SavesFirst {
  #running = 0
  #free: PromiseWithResolvers<void> | null = null

  /** @param save ends, well or not: the sync waits for it */
  async during<T>(save: () => Promise<T>): Promise<T> {
    this.#running++
    this.#free ??= Promise.withResolvers<void>()
    try {
      return await save()
    } finally {
      this.#running--
      if (this.#running === 0) {
        this.#free?.resolve()
        this.#free = null
      }
    }
  }

  /** Resolves when no save is on its way. */
  async free(): Promise<void> {
    while (this.#free) await this.#free.promise
  }
}
