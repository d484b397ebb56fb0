import type { TextHit } from '../search/entry-texts.ts'
import type { PageReader, PlainPage } from './page-reader.ts'
import type { ParsedPage } from './page-text.ts'

/** What the worker is asked; only what has an `id` is answered. */
export type PageTask =
  | { readonly kind: 'read'; readonly id: number; readonly page: PlainPage }
  | { readonly kind: 'find'; readonly id: number; readonly words: readonly string[]; readonly limit: number }
  | { readonly kind: 'forget'; readonly pageNs: readonly number[] | null }
export interface PageAnswer {
  readonly id: number
  readonly value?: unknown // undefined = it failed
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** The reader in a worker: it has no key and no bridge, only what the window opens for it. */
export class WorkerPageReader implements PageReader {
  #worker: Worker | null = null // from the first task on: until then the first screen has the processor
  readonly #waiting = new Map<number, Waiting>()
  #lastId = 0
  #isClosed = false

  read(page: PlainPage): Promise<ParsedPage> {
    return this.#ask<ParsedPage>((id) => this.#begun().postMessage({ kind: 'read', id, page } satisfies PageTask, [page.body.bytes.buffer as ArrayBuffer]))
  }

  find(words: readonly string[], limit: number): Promise<readonly TextHit[]> {
    return this.#ask<readonly TextHit[]>((id) => this.#begun().postMessage({ kind: 'find', id, words, limit } satisfies PageTask))
  }

  forget(pageNs: readonly number[] | null): void {
    this.#worker?.postMessage({ kind: 'forget', pageNs } satisfies PageTask)
  }

  close(): void {
    this.#worker?.terminate()
    this.#isClosed = true
    this.#rejectAll('page-worker/closed')
  }

  #begun(): Worker {
    if (this.#worker) return this.#worker
    if (this.#isClosed) throw new Error('page-worker/closed')
    const worker = new Worker(new URL('./page-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<PageAnswer>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      if (data.value === undefined) waiting?.reject(new Error('cipher/invalid: not a page'))
      else waiting?.resolve(data.value as never)
    }
    worker.onerror = () => this.#rejectAll('page-worker/broke')
    this.#worker = worker
    return worker
  }

  #ask<T>(post: (id: number) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      post(id)
    })
  }

  #rejectAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message))
    this.#waiting.clear()
  }
}
