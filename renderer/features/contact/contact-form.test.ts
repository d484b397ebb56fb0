import { expect, test } from 'vitest'
import { applyQuickEntry, isHouseholdUnclear } from './apply-quick-entry.ts'
import { addOutcome, chooseHousehold, choosePurpose, emptyForm, isWorthKeeping } from './contact-form.ts'

const household = { id: 'h1', headPersonId: 'p1', currency: 'EUR' }
const form = emptyForm('e1', 'me')

test('choosing a household preselects its head and forgets accounts of the one before', () => {
  const first = addOutcome(chooseHousehold(form, household), 'o1', 'me', 'EUR', [{ id: 'a1', currency: 'EUR' }])
  expect(first).toMatchObject({ personIds: ['p1'], outcomes: [{ accountId: 'a1' }] })
  const second = chooseHousehold(first, { id: 'h2', headPersonId: null, currency: 'HUF' })
  expect(second).toMatchObject({ householdId: 'h2', personIds: [], outcomes: [{ accountId: null, currency: 'HUF' }] })
  const third = chooseHousehold(second, { id: 'h3', headPersonId: null, currency: 'HUF' }, [
    { id: 'a1', currency: 'EUR' },
    { id: 'a2', currency: 'HUF' },
  ])
  expect(third.outcomes).toMatchObject([{ accountId: 'a2' }])
})

test('choosing the same household again keeps the attendees', () => {
  const chosen = { ...chooseHousehold(form, household), personIds: ['p2'] }
  expect(chooseHousehold(chosen, household)).toBe(chosen)
})

test('a purpose replaces what the app filled in, never what the person wrote', () => {
  const review = choosePurpose(form, 'review', { subject: 'Review', template: 'Points:' })
  expect(choosePurpose(review, 'service', { subject: 'Service', template: '' })).toMatchObject({ subject: 'Service', note: '' })
  const own = { ...review, subject: 'The yacht', isSubjectOwn: true, note: 'Blue one', isNoteOwn: true }
  expect(choosePurpose(own, 'service', { subject: 'Service', template: '' })).toMatchObject({ purpose: 'service', subject: 'The yacht', note: 'Blue one' })
})

test('an untouched form is not worth keeping; whatever was typed or chosen is', () => {
  expect(isWorthKeeping(emptyForm('e2', 'me'), form)).toBe(false)
  expect(isWorthKeeping(chooseHousehold(form, household), form)).toBe(true)
  expect(isWorthKeeping({ ...form, quickLine: 'call Nagy' }, form)).toBe(true)
  expect(isWorthKeeping({ ...form, place: 'Their office' }, form)).toBe(true)
  expect(isWorthKeeping({ ...form, isConfidential: true }, form)).toBe(true)
})

test('a quick entry fills the fields it names and leaves the others', () => {
  const target = { household, accounts: [{ id: 'a1', currency: 'EUR' }], selfId: 'me', creditedId: 'me', newId: () => 'new' }
  const outcome = { kind: 'pledge', amountMinor: 100, currency: 'EUR', expectedOn: '2026-12-15' } as const
  const filled = applyQuickEntry({ ...form, note: 'kept' }, { householdId: 'h1', lengthMinutes: 25, outcome, followUpOn: '2026-12-02', rest: [] }, target)
  expect(filled).toMatchObject({
    householdId: 'h1',
    channel: 'phone',
    lengthMinutes: 25,
    note: 'kept',
    outcomes: [{ kind: 'pledge', accountId: 'a1', amountMinor: 100, expectedOn: '2026-12-15' }],
    followUp: { dueOn: '2026-12-02', assigneeId: 'me' },
  })
  const corrected = applyQuickEntry(filled, { outcome: { ...outcome, amountMinor: 200 }, rest: [] }, target)
  expect(corrected.outcomes).toHaveLength(1)
  expect(corrected.outcomes[0]?.amountMinor).toBe(200)
})

test('a quick entry asks for the household where none is chosen, or the chosen one is not among those it may mean', () => {
  expect(isHouseholdUnclear({ rest: ['yacht'] }, undefined)).toBe(true)
  expect(isHouseholdUnclear({ rest: [] }, { folded: 'nagy buda' })).toBe(false)
  expect(isHouseholdUnclear({ householdWords: 'nagy', rest: [] }, { folded: 'nagy buda' })).toBe(false)
  expect(isHouseholdUnclear({ householdWords: 'nagy', rest: [] }, { folded: 'kovacs' })).toBe(true)
})
