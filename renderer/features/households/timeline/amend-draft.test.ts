import { expect, test } from 'vitest'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { amendDraftOf, amendEdits, isAmendReasonNeeded } from './amend-draft.ts'
import { lateBy } from './late-entry.ts'

const AT = Date.parse('2026-11-18T15:40:27Z')
const HOUR = 3_600_000
const entry = {
  occurredAtMs: AT,
  recordedAtMs: AT + 20 * 60_000,
  receivedAtMs: null,
  zone: 'Europe/Budapest',
  lengthMinutes: 15,
  channel: 'phone',
  direction: 'outbound',
  isReached: true,
  purpose: 'review',
  subject: 'Review',
  note: 'Fine',
  personIds: ['p1'],
  isConfidential: false,
} as unknown as ContactEntry
const edits = (over: object) => amendEdits(entry, { ...amendDraftOf(entry), ...over }, AT + HOUR, 'en')

test('an untouched draft changes nothing, not even the seconds of the time', () => {
  expect(edits({})).toBeNull()
})

test('names only the changed fields', () => {
  expect(edits({ subject: ' Portfolio ', lengthMinutes: 30 })).toEqual({ subject: { from: 'Review', to: 'Portfolio' }, lengthMinutes: { from: 15, to: 30 } })
})

test('reads a time in words, and says where it cannot', () => {
  expect(edits({ whenText: 'yesterday 15:30' })).toEqual({ occurredAtMs: { from: AT, to: Date.parse('2026-11-17T14:30:00Z') } })
  expect(edits({ whenText: 'soonish' })).toBe('when')
  expect(edits({ subject: '  ' })).toBe('subject')
})

test('asks the reason 24 hours after the server got the entry, or this laptop where it has not', () => {
  expect(isAmendReasonNeeded(entry, entry.recordedAtMs + 24 * HOUR)).toBe(false)
  expect(isAmendReasonNeeded(entry, entry.recordedAtMs + 25 * HOUR)).toBe(true)
  expect(isAmendReasonNeeded({ ...entry, receivedAtMs: AT + 10 * HOUR }, AT + 30 * HOUR)).toBe(false)
})

test('an entry of the same day is not late; a later one says how late', () => {
  expect(lateBy(entry)).toBeNull()
  expect(lateBy({ ...entry, recordedAtMs: AT + 30 * HOUR })).toEqual({ unit: 'hours', count: 30 })
  expect(lateBy({ ...entry, recordedAtMs: AT + 72 * HOUR })).toEqual({ unit: 'days', count: 3 })
})
