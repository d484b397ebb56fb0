import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { type BaseRows, entryFactsOf } from './base-rows.ts'
import type { ContactSummary } from './contact-summary.ts'
import type { EntryFacts } from './entry-facts.ts'

interface Sources {
  readonly base: BaseRows
  readonly summary: ContactSummary | null // in place of packed entries that are not here yet
  readonly optimistic: ReadonlyMap<string, ContactEntry>
}

/** Contact entries in lists that stay the same array until something in them changes; made when asked for. */
export class EntryLists {
  readonly #sources: () => Sources
  readonly #rowsOf = new Map<string, readonly ContactEntry[]>()
  readonly #factsOf = new Map<string, readonly EntryFacts[]>()
  #facts: readonly EntryFacts[] | null = null
  /** Goes up with every change. */
  version = 0

  constructor(sources: () => Sources) {
    this.#sources = sources
  }

  facts(): readonly EntryFacts[] {
    if (this.#facts) return this.#facts
    const { base, optimistic } = this.#sources()
    const facts: EntryFacts[] = [...optimistic.values()]
    for (const entry of base.entries()) {
      const found = entryFactsOf(entry)
      if (found && !optimistic.has(found.id)) facts.push(found)
    }
    this.#facts = facts
    return facts
  }

  factsOf(householdId: string): readonly EntryFacts[] {
    const known = this.#factsOf.get(householdId)
    if (known) return known
    const { base, optimistic, summary } = this.#sources()
    const own = base.listFactsOf(householdId).filter(({ id }) => !optimistic.has(id))
    const summed = (summary?.get(householdId) ?? []).filter(({ id }) => !optimistic.has(id) && !base.entry('contactEntries', id))
    const facts = [...ofHousehold(optimistic, householdId), ...own, ...summed]
    this.#factsOf.set(householdId, facts)
    return facts
  }

  rowsOf(householdId: string): readonly ContactEntry[] {
    const known = this.#rowsOf.get(householdId)
    if (known) return known
    const { base, optimistic } = this.#sources()
    const rows = [...ofHousehold(optimistic, householdId)]
    for (const id of base.entriesOf(householdId).keys()) {
      if (!optimistic.has(id)) rows.push(base.find('contactEntries', id) as ContactEntry)
    }
    this.#rowsOf.set(householdId, rows)
    return rows
  }

  /** @param householdIds whose entries changed; null = any */
  forget(householdIds: Iterable<string> | null): void {
    this.version++
    this.#facts = null
    if (householdIds === null) {
      this.#rowsOf.clear()
      this.#factsOf.clear()
      return
    }
    for (const id of householdIds) {
      this.#rowsOf.delete(id)
      this.#factsOf.delete(id)
    }
  }
}

function* ofHousehold(rows: ReadonlyMap<string, ContactEntry>, householdId: string): Iterable<ContactEntry> {
  for (const row of rows.values()) if (row.householdId === householdId) yield row
}
