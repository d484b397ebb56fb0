import type { RowReader } from '../../shared/commands/define-command.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'

/** 'saved' on this laptop, the server has not answered; 'applied' = answered, its rows have not been pulled yet. */
export type Unsettled = 'saved' | 'applied'

/** What a screen reads: the server's rows with the pending commands applied on top (spec L8). Synchronous, in memory. */
export interface ReplicaView extends RowReader {
  /** Every row of the table, in no particular order; the same array until that table changes. */
  list<T extends TableName>(table: T): readonly RowOf<T>[]
  /** Rows seen through this household (a person through each of theirs); the same array until that table changes. */
  listByHousehold<T extends TableName>(table: T, householdId: string): readonly RowOf<T>[]
  /** How far the pending command that touches this row has come; null = none does. */
  unsettledOf(table: TableName, id: string): Unsettled | null
  /** Goes up with every change of any row. */
  readonly version: number
}
