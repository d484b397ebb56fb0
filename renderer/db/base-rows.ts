import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { tableNames } from '../../shared/domain/tables.ts'
import type { EntryFacts } from './entry-facts.ts'
import { PackedEntry } from './packed-entry.ts'

/** A row as the server had it. `n` is the local counter of its arrival; `row` null = no longer visible to this person. */
export interface BaseEntry {
  readonly table: TableName
  readonly id: string
  readonly seq: number
  readonly n: number
  readonly row: AnyRow | PackedEntry | null
}

const NO_ENTRIES: ReadonlyMap<string, BaseEntry> = new Map()

const readRow = (row: BaseEntry['row'] | undefined): AnyRow | undefined => (row instanceof PackedEntry ? row.read() : (row ?? undefined))

/** Facts of an entry without parsing it; null = removed. */
export const entryFactsOf = ({ row }: BaseEntry): EntryFacts | null => (row instanceof PackedEntry ? row.facts : (row as ContactEntry | null))

/**
 * The server's rows in memory. A row gives way only to one with a higher `seq` (spec L6); at equal `seq` the later
 * arrival counts, because what a person may see can change without the row changing. Entries are indexed by household,
 * change by change.
 */
export class BaseRows {
  readonly #tables = new Map<TableName, Map<string, BaseEntry>>(tableNames.map((t) => [t, new Map()]))
  readonly #entriesOf = new Map<string, Map<string, BaseEntry>>()
  readonly #wholeEntries = new Map<string, ContactEntry>()

  find(table: TableName, id: string): AnyRow | undefined {
    return readRow(this.#tables.get(table)?.get(id)?.row)
  }

  entry(table: TableName, id: string): BaseEntry | undefined {
    return this.#tables.get(table)?.get(id)
  }

  /** Removed rows are left out. Of a whole table of entries each one is parsed: see `entries` for less. */
  *rows(table: TableName): Iterable<AnyRow> {
    for (const { row } of this.#tables.get(table)?.values() ?? []) if (row) yield readRow(row) as AnyRow
  }

  /** All contact entries, removed ones included, none parsed. */
  entries(): Iterable<BaseEntry> {
    return this.#tables.get('contactEntries')?.values() ?? []
  }

  /** Contact entries of a household, none parsed. */
  entriesOf(householdId: string): ReadonlyMap<string, BaseEntry> {
    return this.#entriesOf.get(householdId) ?? NO_ENTRIES
  }

  /** Contact entries that came one by one, and so are not packed. */
  get wholeEntries(): ReadonlyMap<string, ContactEntry> {
    return this.#wholeEntries
  }

  /** Facts of a household's entries; a new array each time. */
  listFactsOf(householdId: string): readonly EntryFacts[] {
    return [...this.entriesOf(householdId).values()].flatMap((entry) => entryFactsOf(entry) ?? [])
  }

  /** Live rows of all tables. */
  count(): number {
    let count = 0
    for (const table of this.#tables.values()) for (const entry of table.values()) if (entry.row) count++
    return count
  }

  /** @returns whether something visible changed. The row object stays the same where only its place in the store moved. */
  put(entry: BaseEntry): boolean {
    const table = this.#tables.get(entry.table)
    if (!table) return false // a table of a newer server
    const known = table.get(entry.id)
    if (known && (entry.seq < known.seq || (entry.seq === known.seq && entry.n <= known.n))) return false
    const isSameRow = known?.seq === entry.seq && (known.row === null) === (entry.row === null)
    const next = isSameRow ? { ...entry, row: known.row } : entry
    table.set(entry.id, next)
    if (entry.table === 'contactEntries') this.#index(known, next)
    return !isSameRow
  }

  #index(known: BaseEntry | undefined, next: BaseEntry): void {
    if (next.row === null || next.row instanceof PackedEntry) this.#wholeEntries.delete(next.id)
    else this.#wholeEntries.set(next.id, next.row as ContactEntry)
    const before = known && entryFactsOf(known)?.householdId
    const after = entryFactsOf(next)?.householdId
    if (before !== undefined && before !== after) this.#entriesOf.get(before)?.delete(next.id)
    if (after === undefined) return
    const entries = this.#entriesOf.get(after)
    if (entries) entries.set(next.id, next)
    else this.#entriesOf.set(after, new Map([[next.id, next]]))
  }
}
