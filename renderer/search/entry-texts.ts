import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { foldText } from '../../shared/lib/fold-text.ts'

/** An entry as it stands in page `n`; the window knows whether a later change has overtaken it. */
export interface TextHit {
  readonly id: string
  readonly n: number
}

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

  add(n: number, row: ContactEntry): void {
    if (row.state === 'voided') return
    this.#texts.push(searchedTextOf(row))
    this.#atMs.push(row.occurredAtMs)
    this.#places.push({ id: row.id, n })
    this.#newestFirst = null
  }

  /** Texts with every one of the words, newest first, at most `limit`. */
  find(words: readonly string[], limit: number): readonly TextHit[] {
    const hits: TextHit[] = []
    for (const i of this.#order()) {
      if (hits.length >= limit) break
      const text = this.#texts[i] ?? ''
      const place = this.#places[i]
      if (place && words.every((word) => text.includes(word))) hits.push(place)
    }
    return hits
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
  }

  #order(): Uint32Array {
    const atMs = this.#atMs
    this.#newestFirst ??= Uint32Array.from(atMs.keys()).sort((a, b) => (atMs[b] ?? 0) - (atMs[a] ?? 0))
    return this.#newestFirst
  }
}
