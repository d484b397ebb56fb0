import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { tableNames } from '../../shared/domain/tables.ts'

/** A row as the server had it. `n` is the local counter of its arrival; `row` null = no longer visible to this person. */
export interface BaseEntry {
  readonly table: TableName
  readonly id: string
  readonly seq: number
  readonly n: number
  readonly row: AnyRow | null
}

/**
 * The server's rows in memory. A row gives way only to one with a higher `seq` (spec L6); at equal `seq` the later
 * arrival counts, because what a person may see can change without the row changing.
 */
export class BaseRows {
  readonly #tables = new Map<TableName, Map<string, BaseEntry>>(tableNames.map((t) => [t, new Map()]))

  find(table: TableName, id: string): AnyRow | undefined {
    return this.#tables.get(table)?.get(id)?.row ?? undefined
  }

  entry(table: TableName, id: string): BaseEntry | undefined {
    return this.#tables.get(table)?.get(id)
  }

  /** Removed rows are left out. */
  *rows(table: TableName): Iterable<AnyRow> {
    for (const entry of this.#tables.get(table)?.values() ?? []) if (entry.row) yield entry.row
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
    table.set(entry.id, isSameRow ? { ...entry, row: known.row } : entry)
    return !isSameRow
  }
}
