import { expect, test } from 'vitest'
import { editClaim } from '../../../../shared/domain/outcome/commands/edit-claim.ts'
import { outcomeFormOf } from '../../../outcome/outcome-form.ts'
import { claimEditArgs } from './claim-edit.ts'

const id = (n: number): string => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const claim = {
  id: id(1),
  kind: 'pledge',
  claimedMinor: 100,
  currency: 'EUR',
  accountId: id(2),
  expectedOn: '2026-12-15',
  creditSplit: [{ colleagueId: id(3), shareBp: 10_000 }],
  note: 'Sale',
} as const
const form = outcomeFormOf({ ...claim, creditSplit: [...claim.creditSplit] })
const stated = { ...claim, creditSplit: [...claim.creditSplit] }

test('an answer alone joins the note; what did not change is not sent', () => {
  const args = claimEditArgs(stated, form, ' The buyer pays ')
  expect(args).toEqual({ id: claim.id, answer: 'The buyer pays', edits: { note: { from: 'Sale', to: 'Sale\nThe buyer pays' } } })
  expect(editClaim.schema.safeParse(args).success).toBe(true)
})

test('names each changed field with what was seen', () => {
  const split = [
    { colleagueId: id(3), shareBp: 6_000 },
    { colleagueId: id(4), shareBp: 4_000 },
  ]
  const args = claimEditArgs(stated, { ...form, amountMinor: 90, accountId: id(5), currency: 'HUF', expectedOn: '2026-12-20', split }, null)
  expect(args).toEqual({
    id: claim.id,
    answer: null,
    edits: {
      claimedMinor: { from: 100, to: 90 },
      accountId: { from: id(2), to: id(5) },
      currency: { from: 'EUR', to: 'HUF' },
      expectedOn: { from: '2026-12-15', to: '2026-12-20' },
      creditSplit: { from: claim.creditSplit, to: split },
    },
  })
  expect(editClaim.schema.safeParse(args).success).toBe(true)
})

test('an untouched form changes nothing', () => {
  expect(claimEditArgs(stated, form, null)).toBeNull()
})
