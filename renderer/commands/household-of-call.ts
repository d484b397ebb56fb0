import type { RowReader } from '../../shared/commands/define-command.ts'
import type { TableName } from '../../shared/domain/tables.ts'

/** Tables in which the `id` of a command's arguments may lie, by the noun before the slash. */
const TABLE_OF_NOUN: Readonly<Record<string, TableName>> = {
  household: 'households',
  person: 'persons',
  initiative: 'initiatives',
  contact: 'contactEntries',
  'follow-up': 'followUps',
  outcome: 'outcomeClaims',
  verification: 'outcomeClaims',
  account: 'accounts',
  coverage: 'coverages',
}

interface Call {
  readonly name: string
  readonly args: unknown
}

const textOf = (args: object, field: string): string | null => {
  const value = (args as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'string' ? value : null
}

/** The row that a stored call changes; undefined = it makes a new one, or the row is not visible. */
function findRowOfCall(rows: RowReader, call: Call): object | undefined {
  const table = TABLE_OF_NOUN[call.name.split('/')[0] ?? '']
  const id = typeof call.args === 'object' && call.args !== null ? textOf(call.args, 'id') : null
  return table && id !== null ? rows.find(table, id) : undefined
}

/** The currency in which the changed row states its amounts; null = it states none, or is not visible. */
export function currencyOfCall(rows: RowReader, call: Call): string | null {
  const row = findRowOfCall(rows, call)
  return row ? textOf(row, 'currency') : null
}

/** The household that a stored call is about; null = none, or one this person no longer sees. */
export function householdIdOfCall(rows: RowReader, call: Call): string | null {
  const { args } = call
  if (typeof args !== 'object' || args === null) return null
  const named = textOf(args, 'householdId')
  if (named !== null) return named
  const noun = call.name.split('/')[0] ?? ''
  const id = textOf(args, 'id') ?? ''
  if (noun === 'household') return id
  if (noun === 'person') {
    const [first] = (args as { readonly memberships?: readonly { readonly householdId: string }[] }).memberships ?? rows.find('persons', id)?.memberships ?? []
    return first?.householdId ?? null
  }
  const row = findRowOfCall(rows, call)
  if (row) return textOf(row, 'householdId')
  return rows.find('contactEntries', textOf(args, 'entryId') ?? '')?.householdId ?? null
}
