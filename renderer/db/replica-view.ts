import type { RowReader } from '../../shared/commands/define-command.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import type { EntryFacts } from './entry-facts.ts'

/** 'saved' on this laptop, the server has not answered; 'applied' = answered, its rows have not been pulled yet. */
export type Unsettled = 'saved' | 'applied'

/** What a screen reads: the server's rows with the pending commands applied on top (spec L8). Synchronous, in memory. */
export interface ReplicaView extends RowReader {
  /** Every row of the table, in no particular order; the same array until that table changes. 100,000 entries take a second: see the facts. */
  list<T extends TableName>(table: T): readonly RowOf<T>[]
  /** Rows seen through this household (a person through each of theirs); the same array until that table (of entries: that household's) changes. */
  listByHousehold<T extends TableName>(table: T, householdId: string): readonly RowOf<T>[]
  /** What lists need of every contact entry; the same array until an entry changes. */
  listEntryFacts(): readonly EntryFacts[]
  /** The same for one household; the same array until one of its entries changes. */
  listEntryFactsOf(householdId: string): readonly EntryFacts[]
  /** Goes up with every change of a contact entry. */
  readonly entriesVersion: number
  /** How far the pending command that touches this row has come; null = none does. */
  unsettledOf(table: TableName, id: string): Unsettled | null
  /** Goes up with every change of any row. */
  readonly version: number
}
