import { expect, test } from 'vitest'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import type { VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'
import { foldText } from '../../../../shared/lib/fold-text.ts'
import { ageBandOf } from '../../../outcome/claim-age.ts'
import { aCase, aClaim, aVerdict, controllerId, idOf, makerId } from '../testing/rows.ts'
import { allOpen, countByState, filterQueue, queueStates } from './queue-filter.ts'
import { amountBandOf, buildQueueRows, weightOf } from './queue-rows.ts'

const DAY_MS = 86_400_000
const openedAtMs = Date.UTC(2026, 5, 1, 9)

const rowsOf = (claims: readonly OutcomeClaim[], cases: readonly VerificationCase[] = [], reader = { id: controllerId, role: 'controller' as const }) =>
  buildQueueRows({
    claims,
    findCase: (id) => cases.find((opened) => opened.id === id),
    findHouseholdName: () => 'Nagy család',
    findColleagueName: () => 'Anna Kovács',
    reader,
    nowMs: openedAtMs + 40 * DAY_MS,
  })

test('age bands end at 30, 60 and 90 days', () => {
  expect([0, 30, 31, 60, 61, 90, 91].map(ageBandOf)).toEqual(['0-30', '0-30', '31-60', '31-60', '61-90', '61-90', '90+'])
})

test('amount bands follow the limit for one controller in each currency', () => {
  const bandOf = (units: number, currency: string) => amountBandOf(weightOf(units * 100, currency))
  expect([bandOf(999_999, 'EUR'), bandOf(1_000_000, 'EUR'), bandOf(10_000_000, 'EUR'), bandOf(10_000_001, 'EUR')]).toEqual(['small', 'medium', 'medium', 'large'])
  expect([bandOf(399_999_999, 'HUF'), bandOf(4_000_000_000, 'HUF'), bandOf(4_000_000_001, 'HUF')]).toEqual(['small', 'medium', 'large'])
})

test('a controller never meets a claim they made or share in; compliance reads it', () => {
  const own = aClaim({ makerId: controllerId })
  const shared = aClaim({ creditSplit: [makerId, controllerId].map((colleagueId) => ({ colleagueId, shareBp: 5_000 })) })
  expect(rowsOf([own, shared])).toEqual([])
  expect(buildQueueRows({ ...source([own, shared]), reader: { id: idOf('colleague', 9), role: 'compliance' } })).toHaveLength(2)
})

const source = (claims: readonly OutcomeClaim[]) => ({ claims, findCase: () => undefined, findHouseholdName: () => 'x', findColleagueName: () => 'y', nowMs: openedAtMs })

test('the age counts from the opening of the case, the withdrawn is left out, an early clock gives 0', () => {
  const rows = rowsOf([aClaim({ claimedAtMs: 0 }), aClaim({ id: idOf('claim', 2), state: 'withdrawn' })], [aCase()])
  expect(rows.map((row) => row.ageDays)).toEqual([40])
  expect(buildQueueRows({ ...source([aClaim()]), nowMs: 0, reader: { id: controllerId, role: 'controller' } })[0]?.ageDays).toBe(0)
})

test('mine to second: approved by another controller, not by me', () => {
  const approved = aClaim({ history: [{ atMs: 1, byId: idOf('colleague', 3), what: 'approved', amountMinor: 1, text: null }] })
  const byOther = aCase({ verdicts: [aVerdict({ byId: idOf('colleague', 3) })] })
  expect(rowsOf([approved], [byOther])[0]?.isMineToSecond).toBe(true)
  expect(rowsOf([approved], [aCase({ verdicts: [aVerdict({ byId: controllerId })] })])[0]?.isMineToSecond).toBe(false)
  expect(rowsOf([aClaim()], [aCase()])[0]?.isMineToSecond).toBe(false)
})

test('filters by state, band and text, and sorts by age or amount across currencies', () => {
  const rows = rowsOf([
    aClaim({ id: idOf('claim', 1), claimedAtMs: openedAtMs, claimedMinor: 100 }),
    aClaim({ id: idOf('claim', 2), claimedAtMs: openedAtMs - 60 * DAY_MS, claimedMinor: 500_000_000, currency: 'HUF', state: 'pledged' }),
    aClaim({ id: idOf('claim', 3), claimedAtMs: openedAtMs, claimedMinor: 900_000_000, state: 'confirmed' }),
  ])
  const idsOf = (filter: Partial<typeof allOpen>) => filterQueue(rows, { ...allOpen, ...filter }, foldText).map((row) => row.claimId)
  expect(idsOf({})).toEqual([idOf('claim', 2), idOf('claim', 1)])
  expect(idsOf({ sort: 'amount' })).toEqual([idOf('claim', 2), idOf('claim', 1)])
  expect(idsOf({ age: '90+' })).toEqual([idOf('claim', 2)])
  expect(idsOf({ state: 'decided' })).toEqual([idOf('claim', 3)])
  expect(idsOf({ text: 'kovacs csalad' })).toHaveLength(2)
  expect(idsOf({ text: 'schmidt' })).toEqual([])
  expect([...countByState(rows, queueStates).values()]).toEqual([2, 0, 1, 1, 0, 1])
})
