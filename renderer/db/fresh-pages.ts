import type { PlainPage } from './page-reader.ts'
import type { PageBody } from './page-text.ts'
import type { StoredPage } from './replica-database.ts'

/** As many as wait to be shown while a pull runs ahead of the screen; older ones are opened from the store. */
const MOST_PAGES = 24

/**
 * Bodies that this window has just stored, so that it need not open again what it has just sealed. Only a shortcut: what
 * is taken must be the very page that the store holds, by number and generation.
 */
export class FreshPages {
  readonly #bodies = new Map<string, PageBody>()

  keep(page: Pick<StoredPage, 'n' | 'generation'>, body: PageBody): void {
    const [oldest] = this.#bodies.keys()
    if (oldest !== undefined && this.#bodies.size >= MOST_PAGES) this.#bodies.delete(oldest)
    this.#bodies.set(keyOf(page), body)
  }

  /** Takes the page out; undefined = it has to be opened. */
  take(page: Pick<StoredPage, 'n' | 'generation'>): PlainPage | undefined {
    const body = this.#bodies.get(keyOf(page))
    this.#bodies.delete(keyOf(page))
    return body && { n: page.n, body }
  }

  clear(): void {
    this.#bodies.clear()
  }
}

const keyOf = ({ n, generation }: Pick<StoredPage, 'n' | 'generation'>): string => `${n} ${generation}`
