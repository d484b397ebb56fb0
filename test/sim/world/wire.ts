/** What a server answers, as the simulated line carries it. */
export interface Wire {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly chunks: AsyncIterable<Uint8Array>
  /** Tells the server that nobody listens any more. */
  readonly hangUp?: () => void
}

/** A proxy's own page, not one of ours. */
export const plainWire = (status: number): Wire => ({ status, headers: status === 429 ? { 'retry-after': '3' } : {}, chunks: onceOf(Buffer.from('<html>busy</html>')) })

export async function* onceOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

// biome-ignore lint/correctness/useYield: it breaks before the first piece
export async function* brokenOff(): AsyncIterable<Uint8Array> {
  throw new TypeError('terminated')
}

/** Pieces that arrive over time. */
export class Pieces implements AsyncIterable<Uint8Array> {
  readonly #waiting: ((result: IteratorResult<Uint8Array>) => void)[] = []
  readonly #failing: ((error: unknown) => void)[] = []
  readonly #ready: Uint8Array[] = []
  #isOver = false
  #hasFailed = false

  push(bytes: Uint8Array): void {
    const next = this.#waiting.shift()
    this.#failing.shift()
    if (next) next({ done: false, value: bytes })
    else this.#ready.push(bytes)
  }

  end(): void {
    this.#isOver = true
    for (const next of this.#waiting.splice(0)) next({ done: true, value: undefined })
  }

  fail(): void {
    this.#hasFailed = true
    for (const reject of this.#failing.splice(0)) reject(new TypeError('terminated'))
    this.#waiting.length = 0
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return {
      next: () => {
        const bytes = this.#ready.shift()
        if (bytes) return Promise.resolve({ done: false, value: bytes })
        if (this.#hasFailed) return Promise.reject(new TypeError('terminated'))
        if (this.#isOver) return Promise.resolve({ done: true, value: undefined })
        return new Promise((resolve, reject) => {
          this.#waiting.push(resolve)
          this.#failing.push(reject)
        })
      },
      return: async () => ({ done: true, value: undefined }),
    }
  }
}

/** The part of a fetch response that the client uses. */
export function responseOf({ status, headers, chunks }: Wire): Response {
  const whole = async (): Promise<Buffer> => {
    const parts: Uint8Array[] = []
    for await (const bytes of chunks) parts.push(bytes)
    return Buffer.concat(parts)
  }
  const text = async (): Promise<string> => (await whole()).toString('utf8')
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
    text,
    json: async () => JSON.parse(await text()),
    arrayBuffer: async () => new Uint8Array(await whole()).buffer,
    body: chunks,
  } as unknown as Response
}
