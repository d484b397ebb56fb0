interface Waiting {
  readonly weight: number
  readonly begin: () => void
}

/** So much work at a time, the rest in the order in which it came. */
export class Turns {
  #free: number
  readonly #most: number
  readonly #waiting: Waiting[] = []

  constructor(most: number) {
    this.#most = most
    this.#free = most
  }

  /** @param weight how much it is; more than all counts as all */
  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const taken = Math.min(weight, this.#most)
    await new Promise<void>((begin) => {
      this.#waiting.push({ weight: taken, begin })
      this.#letBegin()
    })
    try {
      return await work()
    } finally {
      this.#free += taken
      this.#letBegin()
    }
  }

  #letBegin(): void {
    for (let next = this.#waiting[0]; next && next.weight <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#free -= next.weight
      next.begin()
    }
  }
}
