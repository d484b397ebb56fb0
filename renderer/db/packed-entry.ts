import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { EntryFacts } from './entry-facts.ts'
import { type EntryGroup, rowOfValues } from './page-text.ts'

const decoder = new TextDecoder()

/** An entry that is parsed when somebody looks at it, and forgotten when nobody does any more. */
export class PackedEntry {
  readonly facts: EntryFacts
  readonly #text: Uint8Array
  readonly #group: EntryGroup
  readonly #line: number
  #row: WeakRef<ContactEntry> | undefined

  /** @param line of the group */
  constructor(facts: EntryFacts, text: Uint8Array, group: EntryGroup, line: number) {
    this.facts = facts
    this.#text = text
    this.#group = group
    this.#line = line
  }

  /** The same object for as long as anybody holds it. */
  read(): ContactEntry {
    const known = this.#row?.deref()
    if (known) return known
    const { keys, places } = this.#group
    const text = decoder.decode(this.#text.subarray(places[2 * this.#line], places[2 * this.#line + 1]))
    const row = rowOfValues(keys, JSON.parse(text) as readonly unknown[])
    this.#row = new WeakRef(row)
    return row
  }
}
