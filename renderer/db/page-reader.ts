import { EntryTexts, type TextHit } from '../search/entry-texts.ts'
import { type PageBody, type ParsedPage, parsePage } from './page-text.ts'
import { WorkerPageReader } from './worker-page-reader.ts'

/** A page, opened but not yet inflated. */
export interface PlainPage {
  readonly n: number
  readonly body: PageBody // given away: a worker takes its memory over
}

/** Inflates and parses pages, and searches the texts of the entries that it has read. */
export interface PageReader {
  /** Rejects with 'cipher/invalid' where the bytes are no page. */
  read(page: PlainPage): Promise<ParsedPage>
  /** Entries that contain every word, newest first, as the pages have them: the caller checks that they still stand there. */
  find(words: readonly string[], limit: number): Promise<readonly TextHit[]>
  /** Forgets these pages' texts; null = all. */
  forget(pageNs: readonly number[] | null): void
  close(): void
}

/** In the same thread: where there are no workers, as in tests. */
export class InlinePageReader implements PageReader {
  #texts = new EntryTexts()

  async read({ n, body }: PlainPage): Promise<ParsedPage> {
    const texts = this.#texts
    return parsePage(body, (row) => texts.add(n, row)).catch(() => {
      throw new Error('cipher/invalid: not a page')
    })
  }

  async find(words: readonly string[], limit: number): Promise<readonly TextHit[]> {
    return this.#texts.find(words, limit)
  }

  forget(pageNs: readonly number[] | null): void {
    if (pageNs === null) this.#texts = new EntryTexts()
    else this.#texts.forgetPages(new Set(pageNs))
  }

  close(): void {
    this.forget(null)
  }
}

export const openPageReader = (): PageReader => (typeof Worker === 'undefined' ? new InlinePageReader() : new WorkerPageReader())
