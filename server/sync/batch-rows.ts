import type { RowChange, RowReader } from '../../shared/commands/define-command.ts'
import type { Coverage } from '../../shared/domain/coverage/coverage.ts'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'

/** A row with its table. */
export interface TableRow {
  readonly table: TableName
  readonly row: AnyRow
}

/** The rows that a batch works on: loaded once, then changed in memory by each command that is accepted. */
export class BatchRows implements RowReader {
  readonly #tables = new Map<TableName, Map<string, AnyRow | null>>() // null = looked up, not there
  readonly #coverages = new Map<string, Set<string>>() // ids by household
  #unseen: TableRow[] = []
  readonly #stored = new Map<TableName, Set<string>>() // ids of rows that the database has

  #table(table: TableName): Map<string, AnyRow | null> {
    const known = this.#tables.get(table)
    if (known) return known
    const added = new Map<string, AnyRow | null>()
    this.#tables.set(table, added)
    return added
  }

  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined {
    return (this.#table(table).get(id) ?? undefined) as RowOf<T> | undefined
  }

  /** Whether the row was looked up already, found or not. */
  has(table: TableName, id: string): boolean {
    return this.#table(table).has(id)
  }

  /** Takes in a row as the database has it (null = there is none). What the batch already holds stays: it may be newer. */
  addStored(table: TableName, id: string, row: AnyRow | null): void {
    if (this.has(table, id)) return
    this.#set(table, id, row)
    if (!row) return
    const known = this.#stored.get(table)
    if (known) known.add(id)
    else this.#stored.set(table, new Set([id]))
  }

  #set(table: TableName, id: string, row: AnyRow | null): void {
    this.#table(table).set(id, row)
    if (!row) return
    this.#unseen.push({ table, row })
    if (table !== 'coverages') return
    const { householdId } = row as Coverage
    this.#coverages.set(householdId, (this.#coverages.get(householdId) ?? new Set()).add(id))
  }

  /** Rows that came or changed since `takeUnseen`. */
  get unseen(): readonly TableRow[] {
    return this.#unseen
  }

  /** Rows that came or changed since the last call: each is looked at once, however many commands a batch has. */
  takeUnseen(): readonly TableRow[] {
    const unseen = this.#unseen
    this.#unseen = []
    return unseen
  }

  /** Whether the row came from the database, and is not only of this batch. */
  isStored(table: TableName, id: string): boolean {
    return this.#stored.get(table)?.has(id) ?? false
  }

  /** Of every row that was looked up or made, found or not. */
  listIds(): readonly string[] {
    return [...this.#tables.values()].flatMap((rows) => [...rows.keys()])
  }

  apply(changes: readonly RowChange[]): void {
    for (const { table, after } of changes) this.#set(table, after.id, after)
  }

  /** The inverse of `apply`. */
  revert(changes: readonly RowChange[]): void {
    for (const { table, before, after } of [...changes].reverse()) this.#table(table).set(after.id, before)
  }

  list<T extends TableName>(table: T): readonly RowOf<T>[] {
    return [...this.#table(table).values()].flatMap((row) => (row ? [row as RowOf<T>] : []))
  }

  coveragesOf(householdId: string): readonly Coverage[] {
    return [...(this.#coverages.get(householdId) ?? [])].flatMap((id) => this.find('coverages', id) ?? []).filter((c) => c.householdId === householdId)
  }
}

/** Each changed row once: as it was first, as it is last. Referenced tables come first. */
export function mergeChanges(changes: readonly RowChange[]): readonly RowChange[] {
  const merged = new Map<string, RowChange>()
  for (const change of changes) {
    const key = `${change.table} ${change.after.id}`
    const known = merged.get(key)
    merged.set(key, known ? { ...known, after: change.after } : change)
  }
  return [...merged.values()]
}
