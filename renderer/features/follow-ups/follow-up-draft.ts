import type { CommandArgs } from '../../../shared/commands/registry.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { type ClockTime, instantOf } from '../../../shared/lib/zoned-time.ts'
import { cleanLine, cleanNote } from '../../commands/clean-text.ts'

/** What a person has typed about a promise outside a contact. */
export interface FollowUpDraft {
  readonly householdId: string | null
  readonly title: string
  readonly note: string
  readonly dueOn: LocalDate | null
  readonly remindAt: ClockTime | null // on the due day; null = no reminder
  readonly assigneeId: string
}

/** The arguments of 'follow-up/add'; null while something is missing. */
export function addFollowUpArgs(id: string, draft: FollowUpDraft, zone: string): CommandArgs<'follow-up/add'> | null {
  const { householdId, dueOn, remindAt, assigneeId } = draft
  const title = cleanLine(draft.title)
  if (householdId === null || dueOn === null || title === '') return null
  return { id, householdId, title, note: cleanNote(draft.note), dueOn, remindAtMs: remindAt === null ? null : instantOf(dueOn, remindAt, zone), zone, assigneeId }
}

/** Another household: whoever does not cover it cannot have the promise, which goes back to the person who makes it. */
export const withHousehold = (draft: FollowUpDraft, householdId: string | null, selfId: string, coveringIds: readonly string[]): FollowUpDraft => ({
  ...draft,
  householdId,
  assigneeId: coveringIds.includes(draft.assigneeId) ? draft.assigneeId : selfId,
})
