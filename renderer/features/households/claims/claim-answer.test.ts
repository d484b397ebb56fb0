import { expect, test } from 'vitest'
import { editClaim } from '../../../../shared/domain/outcome/commands/edit-claim.ts'
import { answerArgs } from './claim-answer.ts'

const claim = { id: '01900000-0000-7000-8000-000000000001', kind: 'pledge', claimedMinor: 100, expectedOn: '2026-12-15', note: 'Sale' } as const

test('an answer alone joins the note; what did not change is not sent', () => {
  const args = answerArgs(claim, { claimedMinor: 100, expectedOn: '2026-12-15', text: ' The buyer pays ' })
  expect(args).toEqual({ id: claim.id, answer: 'The buyer pays', edits: { note: { from: 'Sale', to: 'Sale\nThe buyer pays' } } })
  expect(editClaim.schema.safeParse(args).success).toBe(true)
})

test('a changed amount and day go along', () => {
  expect(answerArgs(claim, { claimedMinor: 90, expectedOn: '2026-12-20', text: 'Less' })?.edits).toMatchObject({
    claimedMinor: { from: 100, to: 90 },
    expectedOn: { from: '2026-12-15', to: '2026-12-20' },
  })
})

test('no answer without words, an amount, or a pledge’s day', () => {
  expect(answerArgs(claim, { claimedMinor: 100, expectedOn: '2026-12-15', text: ' ' })).toBeNull()
  expect(answerArgs(claim, { claimedMinor: null, expectedOn: '2026-12-15', text: 'x' })).toBeNull()
  expect(answerArgs(claim, { claimedMinor: 100, expectedOn: null, text: 'x' })).toBeNull()
})
