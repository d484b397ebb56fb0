import { mayReadEntry } from '../../shared/domain/access/visibility.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { partiesOf } from '../../shared/domain/outcome/outcome-claim.ts'
import type { AnyRow, RowOf, TableName } from '../../shared/domain/tables.ts'
import type { AccessLevel } from '../../shared/sync/pull.ts'

/** The entry in which a follow-up was promised or an outcome claimed; null for any other row. */
export function entryIdOf(table: TableName, row: AnyRow): string | null {
  if (table === 'followUps') return (row as RowOf<'followUps'>).entryId
  return table === 'outcomeClaims' ? (row as RowOf<'outcomeClaims'>).entryId : null
}

/** Who has a part in what came of an entry: it was given to them, or made or shared by them. Nobody in any other row. */
export function peopleConcerned(table: TableName, row: AnyRow): readonly string[] {
  if (entryIdOf(table, row) === null) return []
  if (table === 'followUps') {
    const { assigneeId, authorId } = row as RowOf<'followUps'>
    return [assigneeId, authorId]
  }
  return partiesOf(row as RowOf<'outcomeClaims'>)
}

/**
 * What came of a confidential entry tells of it: besides those who may read it, only the people concerned and controllers
 * see that. An entry that was not found counts as confidential.
 */
export function mayReadPart(table: TableName, row: AnyRow, entry: ContactEntry | undefined, actorId: string, access: AccessLevel): boolean {
  const entryId = entryIdOf(table, row)
  if (entryId === null || access === 'control') return true
  return (entry !== undefined && mayReadEntry(entry, actorId, access)) || peopleConcerned(table, row).includes(actorId)
}
