import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../lib/local-date.ts'
import { allocateProposal, listOverusedLines } from './allocate-lines.ts'
import { defaultMatchPolicy, type MatchClaim, type MatchLine } from './match-types.ts'
import { proposeMatches } from './propose-matches.ts'

const seed = Number(Date.now() % 2 ** 31)
console.info(`matching seed ${seed}`)

const amount = fc.integer({ min: 1, max: 8 }).map((n) => n * 25_000)
const line = fc.record({
  accountIban: fc.constantFrom('A', 'B', 'Z', null),
  accountId: fc.constantFrom('a', 'z', null),
  amountMinor: amount,
  usedMinor: amount,
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  bookedOn: fc.integer({ min: -10, max: 60 }).map((n) => addDays('2026-03-02', n)),
  counterpartyName: fc.constantFrom('Anna Muster', 'Muster Anna', 'Bank', null),
  remittance: fc.constantFrom('', 'REF 1234', 'REF-12345'),
})
const lines: fc.Arbitrary<readonly MatchLine[]> = fc.array(line, { maxLength: 14 }).map((all) =>
  all.map(({ usedMinor, ...one }, i) => ({
    ...one,
    activityId: `l${i}`,
    availableMinor: Math.max(0, one.amountMinor - usedMinor),
    valueOn: null,
    endToEndId: null,
  })),
)
const claim: fc.Arbitrary<MatchClaim> = fc
  .record({
    kind: fc.constantFrom('deposit' as const, 'pledge' as const),
    remainingMinor: amount,
    accountId: fc.constantFrom('a', null),
    expectedOn: fc.constantFrom(null, '2026-03-20'),
    references: fc.constantFrom([], ['ref1234']),
  })
  .map((given) => ({ ...given, claimId: 'c', amountMinor: 400_000, currency: 'EUR', accountIbans: ['A', 'B'], payerNames: ['Anna Muster'], contactOn: '2026-03-02' }))
const policy = { ...defaultMatchPolicy('EUR'), toleranceMinorFixed: 1_000 }

test('proposals never promise more than is missing or left, never repeat, and do not depend on the order of lines', () => {
  fc.assert(
    fc.property(claim, lines, (one, given) => {
      const proposals = proposeMatches(one, given, policy)
      expect(proposeMatches(one, [...given].reverse(), policy)).toEqual(proposals)
      expect(new Set(proposals.map(({ activityIds }) => activityIds.join('+'))).size).toBe(proposals.length)
      for (const proposal of proposals) {
        expect(proposal.amountMinor).toBeGreaterThan(0)
        expect(proposal.amountMinor).toBeLessThanOrEqual(one.remainingMinor)
        const parts = allocateProposal(proposal, given)
        expect(parts.reduce((sum, part) => sum + part.amountMinor, 0)).toBe(proposal.amountMinor)
        expect(listOverusedLines(parts, given)).toEqual([])
        for (const id of proposal.activityIds) expect(given.find(({ activityId }) => activityId === id)?.currency).toBe('EUR')
      }
    }),
    { seed, numRuns: 2_000 },
  )
})

test('taking proposals one after the other uses no line twice', () => {
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 4 }), lines, (claims, given) => {
      let left = given.map((one) => ({ ...one, availableMinor: one.amountMinor }))
      const taken = claims.flatMap((one) => {
        const [best] = proposeMatches(one, left, policy)
        const parts = best === undefined ? [] : allocateProposal(best, left)
        left = left.map((row) => ({ ...row, availableMinor: row.availableMinor - (parts.find(({ activityId }) => activityId === row.activityId)?.amountMinor ?? 0) }))
        return parts
      })
      expect(listOverusedLines(taken, given)).toEqual([])
    }),
    { seed, numRuns: 500 },
  )
})
