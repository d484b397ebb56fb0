import { firmTables, householdTables, mayReadEntry } from '../../shared/domain/access/visibility.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { type AnyRow, householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import type { AccessLevel } from '../../shared/sync/pull.ts'
import type { Actor } from '../auth/access.ts'
import { entryIdOf, mayReadPart } from '../auth/entry-parts.ts'
import type { Scope } from './scope.ts'

/** The level through which the person sees this table's rows of one of the households, or undefined. */
const levelsFor = (table: TableName, householdIds: readonly string[], scope: Scope): readonly AccessLevel[] =>
  householdIds.flatMap((id) => scope.access.get(id) ?? []).filter((level) => householdTables[level].includes(table))

/** Whether the person may read the row now. `entry` is the one that a follow-up or claim came from. */
export function isVisible(table: TableName, row: AnyRow, entry: ContactEntry | undefined, actor: Actor, scope: Scope): boolean {
  const households = householdsOfRow(table, row)
  if (households === 'firm') return firmTables(actor.role).includes(table)
  const levels = levelsFor(table, households, scope)
  if (table !== 'contactEntries') return levels.some((level) => mayReadPart(table, row, entry, actor.id, level))
  return levels.some((level) => mayReadEntry(row as ContactEntry, actor.id, level))
}

/** The entry as it stood before each amendment, newest first. */
function earlierStates(entry: ContactEntry): readonly ContactEntry[] {
  const states: ContactEntry[] = []
  let state = entry
  for (const version of [...entry.versions].reverse()) {
    state = { ...state, ...(version.before as Partial<ContactEntry>) }
    states.push(state)
  }
  return states
}

/**
 * Whether a device of this person may hold an earlier state of a row that is not visible now, so that it has to be
 * told to remove it. An entry that was confidential from its beginning is not even mentioned, nor what came of it.
 * @param entry the one that a follow-up or claim came from
 * @param scopeId the household whose feed named the row, or the person, where they had a part in it
 */
export function mayHoldEarlier(table: TableName, row: AnyRow, entry: ContactEntry | undefined, scopeId: string, actor: Actor, scope: Scope): boolean {
  if (scopeId === actor.id) return true
  const levels = levelsFor(table, [scopeId], scope)
  if (table !== 'contactEntries' && entryIdOf(table, row) === null) return levels.length > 0
  const read = table === 'contactEntries' ? (row as ContactEntry) : entry
  return read !== undefined && levels.some((level) => earlierStates(read).some((state) => mayReadEntry(state, actor.id, level)))
}

/** Every table of which the person may see some row. */
export function visibleTables(actor: Actor, scope: Scope): readonly TableName[] {
  const levels = new Set(scope.access.values())
  return [...new Set([...firmTables(actor.role), ...[...levels].flatMap((level) => householdTables[level])])]
}
