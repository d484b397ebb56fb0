import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import type { Tx } from '../db/open-database.ts'
import { rowsById, type StoredRow, selectRowsById } from '../db/record-sql.ts'
import { type Answer, type Statement, together } from '../db/together.ts'

export interface RowName {
  readonly table: TableName
  readonly id: string
}

export const keyOf = ({ table, id }: RowName): string => `${table} ${id}`
const tableOf = (key: string): TableName => key.slice(0, key.indexOf(' ')) as TableName

/** The entry that a follow-up or claim came from. */
export type EntryOf = (table: TableName, row: AnyRow) => ContactEntry | undefined

export interface LoadedRows {
  readonly stored: ReadonlyMap<string, StoredRow>
  readonly entryOf: EntryOf
}

/** Statements for rows of the named keys as they are now, one a table, and what makes of their answers the rows and the entries that follow-ups and claims came from. */
export function rowsOf(keys: readonly RowName[]): {
  readonly statements: readonly Statement<StoredRow>[]
  readonly takeIn: (tx: Tx, answers: readonly Answer<StoredRow>[]) => Promise<LoadedRows>
} {
  const byTable = [...Map.groupBy(keys, (k) => k.table)].map(([table, group]) => ({ table, ids: [...new Set(group.map((k) => k.id))] }))
  return {
    statements: byTable.map(({ table, ids }) => rowsById(table, ids)),
    takeIn: async (tx, answers) => {
      const stored = new Map<string, StoredRow>()
      for (const [i, { table }] of byTable.entries()) for (const found of answers[i]?.rows ?? []) stored.set(keyOf({ table, id: found.row.id }), found)
      return { stored, entryOf: await findEntries(tx, stored) }
    },
  }
}

/** An entry is as a rule among the rows already. */
async function findEntries(tx: Tx, stored: LoadedRows['stored']): Promise<EntryOf> {
  const ids = new Set([...stored].flatMap(([key, { row }]) => entryIdOf(tableOf(key), row) ?? []))
  const missing = [...ids].filter((id) => !stored.has(keyOf({ table: 'contactEntries', id })))
  const entries = new Map((missing.length === 0 ? [] : await selectRowsById(tx, 'contactEntries', missing)).map(({ row }) => [row.id, row]))
  return (table, row) => {
    const id = entryIdOf(table, row) ?? ''
    return entries.get(id) ?? (stored.get(keyOf({ table: 'contactEntries', id }))?.row as ContactEntry | undefined)
  }
}

export async function loadRows(tx: Tx, keys: readonly RowName[]): Promise<LoadedRows> {
  const { statements, takeIn } = rowsOf(keys)
  return takeIn(tx, await together(tx, ...statements))
}
