import type { ContactEntry, ContactStatement } from '../../../../shared/domain/contact/contact-entry.ts'
import { parseWhen } from '../../../../shared/domain/contact/parse-when.ts'
import { AMEND_WITHOUT_REASON_MS } from '../../../../shared/domain/policy/default-policy.ts'
import type { Language } from '../../../../shared/lib/parse-amount.ts'
import { wallClockOf } from '../../../../shared/lib/zoned-time.ts'
import { cleanLine } from '../../../commands/clean-text.ts'
import { type Edits, editsBetween } from '../../../commands/edits-between.ts'

/** The amendable fields as a form holds them. */
export interface AmendDraft extends Pick<ContactStatement, 'channel' | 'direction' | 'isReached' | 'purpose' | 'subject' | 'note' | 'personIds' | 'isConfidential'> {
  readonly whenText: string
  readonly lengthMinutes: number
}

const whenTextOf = (entry: Pick<ContactEntry, 'occurredAtMs' | 'zone'>): string => {
  const at = wallClockOf(entry.occurredAtMs, entry.zone)
  return `${at.on} ${at.time}`
}

export function amendDraftOf(entry: ContactEntry): AmendDraft {
  const { channel, direction, isReached, purpose, subject, note, personIds, isConfidential, lengthMinutes } = entry
  return { channel, direction, isReached, purpose, subject, note, personIds, isConfidential, lengthMinutes, whenText: whenTextOf(entry) }
}

/** Whether a change now needs a reason: more than 24 hours after the server, or else this laptop, got the entry. */
export const isAmendReasonNeeded = (entry: Pick<ContactEntry, 'receivedAtMs' | 'recordedAtMs'>, nowMs: number): boolean =>
  nowMs - (entry.receivedAtMs ?? entry.recordedAtMs) > AMEND_WITHOUT_REASON_MS

/**
 * What the draft changes. An untouched time stays to the second.
 * @returns null where nothing differs, 'when' where the time is not understood, 'subject' where that is empty
 */
export function amendEdits(entry: ContactEntry, draft: AmendDraft, nowMs: number, language: Language): Edits<ContactStatement> | null | 'when' | 'subject' {
  const occurredAtMs = draft.whenText === whenTextOf(entry) ? entry.occurredAtMs : parseWhen(draft.whenText, nowMs, entry.zone, language)
  if (occurredAtMs === null) return 'when'
  const subject = cleanLine(draft.subject)
  if (subject === '') return 'subject'
  const { whenText: _when, ...fields } = draft
  return editsBetween<ContactStatement>(entry, { ...fields, subject, note: draft.note.normalize('NFC'), occurredAtMs, personIds: [...draft.personIds] })
}
