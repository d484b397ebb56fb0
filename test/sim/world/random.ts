/** Splits a text into four 32-bit numbers (cyrb128), so that near seeds give unlike streams. */
function hashOf(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762]
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597_399_067)
    b = c ^ Math.imul(b ^ k, 2_869_860_233)
    c = d ^ Math.imul(c ^ k, 951_274_213)
    d = a ^ Math.imul(d ^ k, 2_716_044_179)
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0]
}

/** One seeded stream of chance (sfc32). Streams of other labels do not disturb each other: leaving one step out leaves the rest as it was. */
export class Random {
  readonly #label: string
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(label: string) {
    this.#label = label
    ;[this.#a, this.#b, this.#c, this.#d] = hashOf(label)
    for (let i = 0; i < 12; i++) this.next()
  }

  fork(label: string): Random {
    return new Random(`${this.#label}/${label}`)
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return (t >>> 0) / 4_294_967_296
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** @throws where there is nothing to pick */
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)]
    if (items.length === 0) throw new Error('nothing to pick from')
    return item as T
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  }

  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(this.next() * 256)
  }
}
