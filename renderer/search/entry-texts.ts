import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { foldText } from '../../shared/lib/fold-text.ts'
import type { SearchedEntry } from '../db/page-text.ts'

/** An entry as it stands in page `n`; the window knows whether a later change has overtaken it. */
export interface TextHit {
  readonly id: string
  readonly n: number
}

/** How far a search has come. */
interface Scan {
  readonly words: readonly string[]
  readonly found: readonly number[] // all that match of what was looked at, newest first
  readonly through: number // so many texts, newest first, were looked at
}

/** Every text with all of `words` has all of `before` too. */
const isNarrower = (words: readonly string[], before: readonly string[]): boolean => before.every((old) => words.some((word) => word.includes(old)))

/** What of an entry can be found. */
export const searchedTextOf = (row: Pick<ContactEntry, 'subject' | 'place' | 'note'>): string => foldText(`${row.subject} ${row.place} ${row.note}`)

/**
 * The folded texts of packed entries, in columns; a search scans them, newest contact first. 100,000 of them take some
 * 40 MB and 30 ms. Lives where pages are read: in a worker, so that the screen never waits.
 */
export class EntryTexts {
  #texts: string[] = []
  #atMs: number[] = []
  #places: TextHit[] = []
  #newestFirst: Uint32Array | null = null
  #last: Scan | null = null

  add(n: number, row: SearchedEntry): void {
    if (row.state === 'voided') return
    this.#texts.push(searchedTextOf(row))
    this.#atMs.push(row.occurredAtMs)
    this.#places.push({ id: row.id, n })
    this.#newestFirst = null
    this.#last = null
  }

  /**
   * Texts with every one of the words, newest first, at most `limit`. A query that goes on where the last one stopped
   * (another letter) looks at that one's hits and at what it left, so that a word is scanned for about once.
   */
  find(words: readonly string[], limit: number): readonly TextHit[] {
    const order = this.#order()
    const last = this.#last && isNarrower(words, this.#last.words) ? this.#last : { words, found: [], through: 0 }
    const found = last.found.filter((i) => this.#has(i, words))
    let { through } = last
    for (; through < order.length && found.length < limit; through++) {
      const i = order[through] ?? 0
      if (this.#has(i, words)) found.push(i)
    }
    this.#last = { words, found, through }
    return found.slice(0, limit).flatMap((i) => this.#places[i] ?? [])
  }

  #has(i: number, words: readonly string[]): boolean {
    const text = this.#texts[i] ?? ''
    return words.every((word) => text.includes(word))
  }

  get count(): number {
    return this.#texts.length
  }

  /** Pages that were written anew leave their texts behind. */
  forgetPages(pageNs: ReadonlySet<number>): void {
    const kept = this.#places.flatMap((place, i) => (pageNs.has(place.n) ? [] : [i]))
    this.#texts = kept.map((i) => this.#texts[i] ?? '')
    this.#atMs = kept.map((i) => this.#atMs[i] ?? 0)
    this.#places = kept.flatMap((i) => this.#places[i] ?? [])
    this.#newestFirst = null
    this.#last = null
  }

  #order(): Uint32Array {
    const atMs = this.#atMs
    this.#newestFirst ??= Uint32Array.from(atMs.keys()).sort((a, b) => (atMs[b] ?? 0) - (atMs[a] ?? 0))
    return this.#newestFirst
  }
}
