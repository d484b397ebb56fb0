import { expect, test } from 'vitest'
import { addFollowUpArgs, type FollowUpDraft, withHousehold } from './follow-up-draft.ts'

const draft: FollowUpDraft = { householdId: 'h1', title: ' Send the offer ', note: '', dueOn: '2026-12-01', remindAt: '09:00', assigneeId: 'eszter' }

test('states a promise once everything is there, with the reminder on its day', () => {
  expect(addFollowUpArgs('f1', draft, 'Europe/Vienna')).toMatchObject({ id: 'f1', title: 'Send the offer', remindAtMs: Date.parse('2026-12-01T08:00:00Z'), assigneeId: 'eszter' })
  for (const missing of [{ householdId: null }, { dueOn: null }, { title: ' ' }]) expect(addFollowUpArgs('f1', { ...draft, ...missing }, 'Europe/Vienna')).toBeNull()
})

test('with another household whoever does not cover it loses the promise, as the list of people shows', () => {
  expect(withHousehold(draft, 'h2', 'me', ['eszter'])).toMatchObject({ householdId: 'h2', assigneeId: 'eszter' })
  expect(withHousehold(draft, 'h2', 'me', ['lukas'])).toMatchObject({ householdId: 'h2', assigneeId: 'me' })
})
