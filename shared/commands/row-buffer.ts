import type { AnyRow, RowOf, TableName } from '../domain/tables.ts'
import type { RowChange, RowReader, RowTransaction } from './define-command.ts'

const keyOf = (table: TableName, id: string): string => `${table} ${id}`

/**
 * The transaction port over any reader: puts stay in the buffer until the host takes them, or drops them when the
 * command is refused. Both databases write what `changes` lists, so a command cannot tell them apart.
 */
export class RowBuffer implements RowTransaction {
  readonly #base: RowReader
  readonly #puts = new Map<string, RowChange>()

  constructor(base: RowReader) {
    this.#base = base
  }

  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined {
    const put = this.#puts.get(keyOf(table, id))
    return put ? (put.after as RowOf<T>) : this.#base.find(table, id)
  }

  put<T extends TableName>(table: T, row: Omit<RowOf<T>, 'rev'>): void {
    const key = keyOf(table, row.id)
    const known: AnyRow | null | undefined = this.#puts.get(key)?.before
    const before = known === undefined ? ((this.#base.find(table, row.id) as AnyRow | undefined) ?? null) : known
    const after = { ...row, rev: (before?.rev ?? 0) + 1 } as unknown as AnyRow
    this.#puts.set(key, { table, before, after })
  }

  /** What was put, one entry a row, first put first. */
  changes(): readonly RowChange[] {
    return [...this.#puts.values()]
  }
}
