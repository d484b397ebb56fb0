import type { z } from 'zod'
import type { AnyRow, RowOf, TableName } from '../domain/tables.ts'
import type { AppError } from '../errors/error-codes.ts'
import type { Result } from '../lib/result.ts'

/** Names one row. */
export interface RowKey {
  readonly table: TableName
  readonly id: string
}

/** Rows as a command sees them: those it asked for, and what it has put so far. Dexie's replica and PostgreSQL both hand one in. */
export interface RowReader {
  /** The row, or undefined where there is none (or the host was not asked to load it). */
  find<T extends TableName>(table: T, id: string): RowOf<T> | undefined
}

/** The transaction port. Nothing is ever deleted: a row is replaced by its next version. */
export interface RowTransaction extends RowReader {
  /** Writes the row's next version; `rev` is set by the host: 1 for a new row, one more for a changed one. */
  put<T extends TableName>(table: T, row: Omit<RowOf<T>, 'rev'>): void
}

/** Who and when; commands have no other source of identity or time. */
export interface CommandContext {
  readonly actorId: string
  readonly commandId: string
  readonly madeAtMs: number // the device's clock when the person acted
  readonly receivedAtMs: number | null // the server's clock; null while optimistic
}

/**
 * One kind of change. `apply` runs unchanged on the device (optimistic) and on the server (authoritative):
 * it must depend on nothing but its arguments.
 */
export interface CommandDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly version: number
  readonly schema: Schema
  /**
   * The rows that `apply` will look at. Called again with what was loaded until it names nothing new (at most 4 rounds),
   * so a key may be read off a row that an earlier round brought.
   */
  readonly reads: (args: z.output<Schema>, rows: RowReader) => readonly RowKey[]
  readonly apply: (tx: RowTransaction, args: z.output<Schema>, context: CommandContext) => Result<void, AppError>
}

export function defineCommand<Name extends string, Schema extends z.ZodType>(definition: CommandDefinition<Name, Schema>): CommandDefinition<Name, Schema> {
  return definition
}

export interface RowChange {
  readonly table: TableName
  readonly before: AnyRow | null
  readonly after: AnyRow
}
