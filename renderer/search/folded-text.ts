import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import { foldText } from '../../shared/lib/fold-text.ts'
import { minorToDecimal } from '../../shared/lib/money.ts'

/** What of a row can be found. */
const textOf = {
  households: (row: RowOf<'households'>) => `${row.name} ${row.city}`,
  persons: (row: RowOf<'persons'>) => `${row.name} ${row.email ?? ''} ${row.phone ?? ''}`,
  accounts: (row: RowOf<'accounts'>) => `${row.name} ${row.iban ?? ''} ${row.custodian ?? ''} ${row.number ?? ''}`,
  followUps: (row: RowOf<'followUps'>) => `${row.title} ${row.note}`,
  outcomeClaims: (row: RowOf<'outcomeClaims'>) => `${row.note} ${minorToDecimal(row.claimedMinor, row.currency)} ${row.currency}`,
  contactEntries: (row: RowOf<'contactEntries'>) => `${row.subject} ${row.place} ${row.note}`,
} as const satisfies { readonly [T in TableName]?: (row: RowOf<T>) => string }

export type SearchedTable = keyof typeof textOf

/** Kept for as long as the row is: a changed row is another object and is folded anew. */
const foldedTexts = new WeakMap<object, string>()

export function foldedTextOf<T extends SearchedTable>(table: T, row: RowOf<T>): string {
  const key: object = row
  const known = foldedTexts.get(key)
  if (known !== undefined) return known
  const folded = foldText((textOf[table] as (row: RowOf<T>) => string)(row))
  foldedTexts.set(key, folded)
  return folded
}
