import { expect, test } from 'vitest'
import { confirmSchema } from '../../../../shared/domain/verification/decide-claim.ts'
import { aBankLine, aCase, aClaim, aColleague, aProposal, aVerdict, controllerId, idOf, makerId } from '../testing/rows.ts'
import { findLineObstacle, isInWindow, listBankLines, toBankLine } from './bank-lines.ts'
import { findGap, toCommand } from './decision-draft.ts'
import { findObstacle, turnOf } from './decision-right.ts'
import { allocateChoice, checkSum, findExactProposal, initialChoice } from './evidence-choice.ts'

const claim = aClaim()
const linesOf = (...amounts: readonly number[]) => amounts.map((amountMinor, i) => toBankLine(aBankLine(i + 1, { amountMinor }), claim))

test('four eyes: role, maker, split and people who report to them are told why', () => {
  const findColleague = () => undefined
  const controller = aColleague()
  expect(findObstacle(claim, controller, findColleague)).toBeNull()
  expect(findObstacle(claim, { ...controller, role: 'compliance' }, findColleague)).toBe('role')
  expect(findObstacle(claim, { ...controller, id: makerId }, findColleague)).toBe('maker')
  expect(findObstacle(aClaim({ creditSplit: [{ colleagueId: controllerId, shareBp: 10_000 }] }), controller, findColleague)).toBe('split')
  expect(findObstacle(aClaim({ state: 'confirmed' }), controller, findColleague)).toBe('decided')
  expect(findObstacle(aClaim({ state: 'returned' }), controller, findColleague)).toBe('returned')
  const boss = { id: idOf('colleague', 5), managerId: makerId }
  expect(findObstacle(claim, { ...controller, managerId: boss.id }, (id) => (id === boss.id ? boss : undefined))).toBe('reports-to')
  const circle = { id: controllerId, managerId: controllerId }
  expect(findObstacle(claim, { ...controller, managerId: controllerId }, () => circle)).toBeNull()
})

test('above the limit there is a first and a second controller', () => {
  const large = aClaim({ claimedMinor: 1_200_000_000 })
  expect(turnOf(claim, aCase(), claim.claimedMinor, controllerId)).toBe('one')
  expect(turnOf(large, aCase(), large.claimedMinor, controllerId)).toBe('first')
  const approved = aClaim({ ...large, history: [{ atMs: 1, byId: controllerId, what: 'approved', amountMinor: 1, text: null }] })
  const opened = aCase({ verdicts: [aVerdict()] })
  expect(turnOf(approved, opened, large.claimedMinor, controllerId)).toBe('was-first')
  expect(turnOf(approved, opened, large.claimedMinor, idOf('colleague', 7))).toBe('second')
})

test('a line says why it is no evidence', () => {
  expect(findLineObstacle(aBankLine(1), claim)).toBeNull()
  expect(findLineObstacle(aBankLine(1, { notEvidence: 'own-transfer' }), claim)).toBe('own-transfer')
  expect(findLineObstacle(aBankLine(1, { notEvidence: 'from-the-future' }), claim)).toBe('other')
  expect(findLineObstacle(aBankLine(1, { currency: 'CHF' }), claim)).toBe('currency')
  expect(findLineObstacle(aBankLine(1, { bookedOn: null }), claim)).toBe('undated')
  expect(findLineObstacle(aBankLine(1, { allocatedMinor: 200_000_000 }), claim)).toBe('used')
})

test('lists the household’s lines, usable first, then newest', () => {
  const lines = [
    aBankLine(1, { notEvidence: 'fee', bookedOn: '2026-06-09' }),
    aBankLine(2, { bookedOn: '2026-06-02' }),
    aBankLine(3, { bookedOn: '2026-06-08' }),
    aBankLine(4, { householdId: null }),
  ]
  expect(listBankLines(lines, claim).map((line) => line.activity.lineNo)).toEqual([3, 2, 1])
})

test('the window runs from 5 days before the contact to 30 after the expected day', () => {
  const isIn = (bookedOn: string) => isInWindow(toBankLine(aBankLine(1, { bookedOn }), claim), aClaim({ expectedOn: '2026-06-10' }))
  expect(['2026-05-26', '2026-05-27', '2026-07-10', '2026-07-11'].map(isIn)).toEqual([false, true, true, false])
})

test('spreads the claim over the chosen lines, earliest first, never above it', () => {
  const lines = [
    toBankLine(aBankLine(1, { bookedOn: '2026-06-05', amountMinor: 150_000_000 }), claim),
    toBankLine(aBankLine(2, { bookedOn: '2026-06-02', amountMinor: 80_000_000 }), claim),
  ]
  expect(allocateChoice(lines, 200_000_000)).toEqual([
    { activityId: idOf('line', 2), amountMinor: 80_000_000 },
    { activityId: idOf('line', 1), amountMinor: 120_000_000 },
  ])
  expect(allocateChoice(lines, 80_000_000)).toHaveLength(1)
})

test('compares the sum with the claim within the tolerance of 0.5 %', () => {
  expect(checkSum([], claim).fit).toBe('none')
  expect(checkSum(linesOf(200_000_000), claim)).toMatchObject({ fit: 'exact', surplusMinor: 0, toleranceMinor: 1_000_000 })
  expect(checkSum(linesOf(199_000_000), claim)).toMatchObject({ fit: 'tolerance', missingMinor: 1_000_000 })
  expect(checkSum(linesOf(198_999_999), claim).fit).toBe('short')
  expect(checkSum(linesOf(150_000_000, 100_000_000), claim)).toMatchObject({ fit: 'exact', sumMinor: 200_000_000, surplusMinor: 50_000_000 })
})

test('suggests a reason only where everything agrees', () => {
  const chosen = new Set([idOf('line', 1)])
  const exact = checkSum(linesOf(200_000_000), claim)
  expect(findExactProposal([aProposal()], chosen, exact)).toEqual(aProposal())
  expect(findExactProposal([aProposal({ exceptions: ['date'] })], chosen, exact)).toBeUndefined()
  expect(findExactProposal([aProposal()], chosen, checkSum(linesOf(199_500_000), claim))).toBeUndefined()
  expect(findExactProposal([aProposal()], new Set([idOf('line', 2)]), exact)).toBeUndefined()
})

test('opens with the first controller’s lines, else with the only proposal without exceptions', () => {
  const ambiguous = aProposal({ activityIds: [idOf('line', 2)], exceptions: ['ambiguous'] })
  expect([...initialChoice([aProposal(), ambiguous], undefined)]).toEqual([idOf('line', 1)])
  expect([...initialChoice([ambiguous], undefined)]).toEqual([])
  expect([...initialChoice([aProposal()], [{ activityId: idOf('line', 9), amountMinor: 1 }])]).toEqual([idOf('line', 9)])
})

test('each decision names what it still needs', () => {
  const draft = { claim, fit: 'exact', hasLetter: false, turn: 'one', reason: 'Agrees' } as const
  expect(findGap('confirm', draft)).toBeNull()
  expect(findGap('confirm', { ...draft, reason: '  ' })).toBe('reason')
  expect(findGap('return', { ...draft, reason: '' })).toBe('question')
  expect(findGap('reject', { ...draft, fit: 'none' })).toBeNull()
  expect(findGap('confirm', { ...draft, fit: 'none' })).toBe('evidence')
  expect(findGap('confirm', { ...draft, fit: 'short' })).toBe('amount')
  expect(findGap('partly', draft)).toBe('not-part')
  expect(findGap('partly', { ...draft, fit: 'short' })).toBeNull()
  expect(findGap('confirm', { ...draft, turn: 'was-first' })).toBe('second-needed')
  expect(findGap('confirm', { ...draft, claim: aClaim({ kind: 'mandate' }), fit: 'none' })).toBe('letter')
  expect(findGap('partly', { ...draft, claim: aClaim({ kind: 'mandate' }) })).toBe('mandate-whole')
})

test('a confirmation becomes a command that its schema accepts', () => {
  const command = toCommand('confirm', claim.id, ' Agrees ', allocateChoice(linesOf(200_000_000), claim.claimedMinor), null)
  expect(command.name).toBe('verification/confirm')
  expect(confirmSchema.parse(command.args)).toEqual({ id: claim.id, reason: 'Agrees', letterSha256: null, evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }] })
  expect(toCommand('return', claim.id, 'Which account?', [], null)).toEqual({ name: 'verification/return', args: { id: claim.id, reason: 'Which account?' } })
})

test('groups an IBAN by four', () => {})
