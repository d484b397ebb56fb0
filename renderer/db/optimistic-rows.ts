import type { RowReader } from '../../shared/commands/define-command.ts'
import { type ParsedCall, parseCall } from '../../shared/commands/run-command.ts'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'
import { tableNames } from '../../shared/domain/tables.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { Result } from '../../shared/lib/result.ts'
import type { PendingCommand } from './pending-command.ts'
import type { Unsettled } from './replica-view.ts'

const keyOf = (table: TableName, id: string): string => `${table} ${id}`

/**
 * Rows as the pending commands make them, on top of the server's (spec L8): replayed in order, in memory only. A command
 * that is refused on the rows of this moment shows no effect; the server still gets it and decides.
 */
export class OptimisticRows implements RowReader {
  readonly #base: { find(table: TableName, id: string): AnyRow | undefined }
  readonly #actorId: string
  readonly #parsed = new Map<string, Result<ParsedCall, AppError>>()
  #tables = new Map<TableName, Map<string, AnyRow>>()
  #touched = new Map<string, Unsettled>()

  constructor(base: { find(table: TableName, id: string): AnyRow | undefined }, actorId: string) {
    this.#base = base
    this.#actorId = actorId
  }

  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined {
    return (this.#tables.get(table)?.get(id) ?? this.#base.find(table, id)) as RowOf<T> | undefined
  }

  /** Rows of one table that differ from the server's or are not there yet. */
  rows(table: TableName): ReadonlyMap<string, AnyRow> {
    return this.#tables.get(table) ?? new Map()
  }

  unsettledOf(table: TableName, id: string): Unsettled | null {
    return this.#touched.get(keyOf(table, id)) ?? null
  }

  /** What the command would do now, without doing it. */
  tryOut(command: PendingCommand): Result<unknown, AppError> {
    return this.#applied(command)
  }

  /** Applies one more command on top. @returns the tables it changed */
  add(command: PendingCommand): ReadonlySet<TableName> {
    const changed = new Set<TableName>()
    const result = this.#applied(command)
    if (!result.ok) return changed
    for (const { table, after } of result.value) {
      const rows = this.#tables.get(table) ?? new Map<string, AnyRow>()
      this.#tables.set(table, rows.set(after.id, after))
      const key = keyOf(table, after.id)
      if (command.status !== 'refused' && this.#touched.get(key) !== 'saved') this.#touched.set(key, command.status)
      changed.add(table)
    }
    return changed
  }

  /** Starts again from the server's rows. @returns the tables whose optimistic rows differ from before */
  replay(pending: readonly PendingCommand[]): ReadonlySet<TableName> {
    const before = this.#tables
    const touchedBefore = this.#touched
    this.#tables = new Map()
    this.#touched = new Map()
    for (const command of pending) if (command.status !== 'refused') this.add(command)
    const ids = new Set(pending.map((p) => p.id))
    for (const id of this.#parsed.keys()) if (!ids.has(id)) this.#parsed.delete(id)
    return new Set(tableNames.filter((t) => this.#keepEqualRows(t, before.get(t)) || !hasSameTouches(t, touchedBefore, this.#touched)))
  }

  /** Puts the former object back where the row came out equal, so that screens see no change. @returns whether any differs */
  #keepEqualRows(table: TableName, before: ReadonlyMap<string, AnyRow> = new Map()): boolean {
    const now = this.#tables.get(table) ?? new Map<string, AnyRow>()
    let isChanged = now.size !== before.size
    for (const [id, row] of now) {
      const former = before.get(id)
      if (former && isDeepEqual(former, row)) now.set(id, former)
      else isChanged = true
    }
    return isChanged
  }

  #applied(command: PendingCommand) {
    const known = this.#parsed.get(command.id)
    const parsed = known ?? parseCall(command)
    if (!known) this.#parsed.set(command.id, parsed)
    if (!parsed.ok) return parsed
    const context = { actorId: this.#actorId, commandId: command.id, madeAtMs: command.madeAtMs, receivedAtMs: null }
    return parsed.value.apply(this, context)
  }
}

function hasSameTouches(table: TableName, a: ReadonlyMap<string, Unsettled>, b: ReadonlyMap<string, Unsettled>): boolean {
  const of = (map: ReadonlyMap<string, Unsettled>) => [...map].filter(([key]) => key.startsWith(`${table} `))
  const left = of(a)
  return left.length === of(b).length && left.every(([key, status]) => b.get(key) === status)
}
