import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { EntryFacts } from './entry-facts.ts'
import { type EntryGroup, rowOfValues } from './page-text.ts'

const decoder = new TextDecoder()

/** An entry that is parsed when somebody looks at it, and forgotten when nobody does any more. */
export class PackedEntry {
  readonly facts: EntryFacts
  readonly #group: EntryGroup
  readonly #line: number
  #row: WeakRef<ContactEntry> | undefined

  constructor(group: EntryGroup, line: number) {
    this.facts = group.facts[line] as EntryFacts
    this.#group = group
    this.#line = line
  }

  /** The same object for as long as anybody holds it. */
  read(): ContactEntry {
    const known = this.#row?.deref()
    if (known) return known
    const { keys, bytes, ends } = this.#group
    const text = decoder.decode(bytes.subarray(this.#line === 0 ? 0 : ends[this.#line - 1], ends[this.#line]))
    const row = rowOfValues(keys, JSON.parse(text) as readonly unknown[])
    this.#row = new WeakRef(row)
    return row
  }
}
