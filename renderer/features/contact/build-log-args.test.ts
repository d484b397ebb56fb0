import { expect, test } from 'vitest'
import { logContact } from '../../../shared/domain/contact/commands/log-contact.ts'
import { type BuildContext, buildLogArgs } from './build-log-args.ts'
import { addOutcome, type ContactForm, changeOutcome, chooseHousehold, emptyForm } from './contact-form.ts'
import { formFromArgs } from './form-from-args.ts'

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [ENTRY, SELF, HOUSEHOLD, HEAD, ACCOUNT, OUTCOME, FOLLOW_UP] = [1, 2, 3, 4, 5, 6, 7].map(id) as [string, string, string, string, string, string, string]
const NOW = Date.parse('2026-11-18T15:40:00Z')

const context: BuildContext = {
  nowMs: NOW,
  zone: 'Europe/Budapest',
  accounts: [{ id: ACCOUNT, currency: 'EUR' }],
  occurredAtMs: NOW,
  isQuiet: false,
  isCovered: true,
  isLimitReasonNeeded: false,
  limitReasonLabel: 'Reason',
}
const household = { id: HOUSEHOLD, headPersonId: HEAD, currency: 'EUR' }
const filled: ContactForm = { ...chooseHousehold(emptyForm(ENTRY, SELF), household), subject: ' Catching up ', note: 'He sold\r\nthe vineyard.' }
const codes = (form: ContactForm, over: Partial<BuildContext> = {}) => {
  const built = buildLogArgs(form, { ...context, ...over })
  return built.ok ? [] : built.error.map((p) => `${p.field} ${p.code}`)
}

test('builds arguments that the command accepts', () => {
  const pledge = changeOutcome(addOutcome(filled, OUTCOME, SELF, 'EUR', context.accounts), OUTCOME, { kind: 'pledge', amountMinor: 200_000_000, expectedOn: '2026-12-15' })
  const followUp = { id: FOLLOW_UP, title: '', dueOn: '2026-12-02', remindAt: '09:00', assigneeId: SELF }
  const built = buildLogArgs({ ...pledge, followUp }, context)
  expect(built.ok && logContact.schema.safeParse(built.value).success).toBe(true)
  expect(built).toMatchObject({
    value: {
      id: ENTRY,
      personIds: [HEAD],
      subject: 'Catching up',
      note: 'He sold\nthe vineyard.',
      followUps: [{ title: 'Catching up', dueOn: '2026-12-02', remindAtMs: Date.parse('2026-12-02T08:00:00Z'), assigneeId: SELF }],
      claims: [{ kind: 'pledge', accountId: ACCOUNT, claimedMinor: 200_000_000, expectedOn: '2026-12-15', creditSplit: [{ colleagueId: SELF, shareBp: 10_000 }] }],
    },
  })
})

test('names everything that is missing, in the order of the screen', () => {
  expect(codes(emptyForm(ENTRY, SELF), { occurredAtMs: null })).toEqual(['household householdMissing', 'when whenUnclear', 'subject subjectMissing'])
})

test('names what an outcome lacks at its field', () => {
  const bare = addOutcome(filled, OUTCOME, SELF, 'EUR', [])
  expect(codes(bare)).toEqual([`outcomes.${OUTCOME}.amount amountMissing`, `outcomes.${OUTCOME}.account accountMissing`])
  const pledge = changeOutcome(bare, OUTCOME, { kind: 'pledge', amountMinor: 100, accountId: ACCOUNT, currency: 'HUF', split: [{ colleagueId: SELF, shareBp: 9_000 }] })
  expect(codes(pledge)).toEqual([`outcomes.${OUTCOME}.amount accountCurrency`, `outcomes.${OUTCOME}.expected expectedMissing`, `outcomes.${OUTCOME}.split splitNotWhole`])
})

test('a mandate needs no account', () => {
  const mandate = changeOutcome(addOutcome(filled, OUTCOME, SELF, 'EUR', context.accounts), OUTCOME, { kind: 'mandate', amountMinor: 100 })
  expect(buildLogArgs(mandate, context)).toMatchObject({ ok: true, value: { claims: [{ kind: 'mandate', accountId: null }] } })
})

test('over the limit asks a reason, which opens the note', () => {
  expect(codes(filled, { isLimitReasonNeeded: true })).toEqual(['limitReason limitReasonMissing'])
  const built = buildLogArgs({ ...filled, limitReason: 'He asked for it' }, { ...context, isLimitReasonNeeded: true })
  expect(built).toMatchObject({ value: { note: 'Reason: He asked for it\nHe sold\nthe vineyard.' } })
})

test('a quiet period or missing coverage forbids only what we begin', () => {
  expect(codes(filled, { isQuiet: true, isCovered: false })).toEqual(['direction quiet', 'direction notCovered'])
  expect(codes({ ...filled, direction: 'inbound' }, { isQuiet: true, isCovered: false })).toEqual([])
})

test('a contact does not lie in the future', () => {
  expect(codes(filled, { occurredAtMs: NOW + 86_400_000 })).toEqual(['when whenFuture'])
})

test('a refused entry fills the form with what it said, under new ids', () => {
  const built = buildLogArgs({ ...filled, followUp: { id: FOLLOW_UP, title: 'Call', dueOn: '2026-12-02', remindAt: '09:00', assigneeId: SELF } }, context)
  if (!built.ok) throw new Error('does not build')
  let next = 100
  const form = formFromArgs(built.value, () => id(next++))
  expect(form).toMatchObject({ entryId: id(100), subject: 'Catching up', whenText: '2026-11-18 16:40', followUp: { id: id(101), title: 'Call', remindAt: '09:00' } })
  const again = buildLogArgs(form, context)
  expect(again.ok && { ...again.value, id: ENTRY, followUps: built.value.followUps }).toEqual(built.value)
})
