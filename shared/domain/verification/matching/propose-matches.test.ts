import { describe, expect, test } from 'vitest'
import { allocateProposal } from './allocate-lines.ts'
import { defaultMatchPolicy, type MatchClaim, type MatchLine } from './match-types.ts'
import { proposeMatches } from './propose-matches.ts'

const policy = defaultMatchPolicy('EUR')
const NAMED = 'DE89370400440532013000'
const OTHER = 'AT611904300234573201'

const aClaim = (changes: Partial<MatchClaim> = {}): MatchClaim => ({
  claimId: 'c1',
  kind: 'deposit',
  amountMinor: 200_000_000,
  currency: 'EUR',
  accountId: 'a1',
  accountIbans: [NAMED, OTHER],
  payerNames: ['Nagy Péter'],
  references: ['RAP-2026-17'],
  contactOn: '2026-03-02',
  expectedOn: '2026-03-10',
  remainingMinor: 200_000_000,
  ...changes,
})
const aLine = (activityId: string, changes: Partial<MatchLine> = {}): MatchLine => {
  const amountMinor = changes.amountMinor ?? 200_000_000
  return {
    activityId,
    accountIban: NAMED,
    accountId: 'a1',
    amountMinor,
    availableMinor: amountMinor,
    currency: 'EUR',
    bookedOn: '2026-03-10',
    valueOn: null,
    counterpartyName: null,
    remittance: '',
    endToEndId: null,
    ...changes,
  }
}
const brief = (claim: MatchClaim, lines: readonly MatchLine[]) =>
  proposeMatches(claim, lines, policy).map(({ kind, activityIds, exceptions }) => [kind, activityIds.join('+'), exceptions.join()].join(' '))

describe('one line', () => {
  test('exact first: reference, then amount, then payer', () => {
    const lines = [
      aLine('payer', { accountIban: OTHER, accountId: 'a2', counterpartyName: 'Peter Nagy', bookedOn: '2026-03-30' }),
      aLine('amount'),
      aLine('reference', { remittance: 'deposit rap 2026/17 thanks', bookedOn: '2026-03-20' }),
    ]
    expect(brief(aClaim(), lines)).toEqual(['reference reference ', 'amount amount ', 'payer payer '])
  })

  test('explains what agreed and what differed', () => {
    const [proposal] = proposeMatches(
      aClaim(),
      [aLine('x', { accountIban: OTHER, accountId: 'a2', endToEndId: 'RAP-2026-17', amountMinor: 199_990_000, counterpartyName: 'P. Nagy', bookedOn: '2026-03-20' })],
      policy,
    )
    expect(proposal).toMatchObject({ kind: 'reference', amountMinor: 199_990_000, exceptions: ['amount'] })
    expect(proposal?.agreed).toEqual([
      { what: 'currency', claimed: 'EUR', found: 'EUR' },
      { what: 'reference', claimed: 'RAP-2026-17', found: 'RAP-2026-17' },
      { what: 'payer', claimed: 'Nagy Péter', found: 'P. Nagy' },
    ])
    expect(proposal?.differed).toEqual([
      { what: 'account', claimed: NAMED, found: OTHER },
      { what: 'amount', claimed: 200_000_000, found: 199_990_000 },
      { what: 'date', claimed: '2026-03-10', found: '2026-03-20' },
    ])
  })

  test('right account and amount on a far day is an exception', () => {
    expect(brief(aClaim(), [aLine('x', { bookedOn: '2026-03-13' })])).toEqual(['amount x '])
    expect(brief(aClaim(), [aLine('x', { bookedOn: '2026-03-14' })])).toEqual(['amount x date'])
  })

  test.each([
    ['2026-02-24', 0],
    ['2026-02-25', 1],
    ['2026-04-09', 1],
    ['2026-04-10', 0],
  ])('window: %s → %i', (bookedOn, count) => {
    expect(brief(aClaim(), [aLine('x', { bookedOn })])).toHaveLength(count)
  })

  test.each([
    [200_000_000, 'amount x '],
    [199_000_000, 'amount x amount'],
    [201_000_000, 'amount x amount'],
    [198_999_999, undefined],
    [201_000_001, undefined],
  ])('tolerance 0.5 %: %i → %s', (amountMinor, expected) => {
    expect(brief(aClaim(), [aLine('x', { amountMinor })])[0]).toBe(expected)
  })

  test('tolerance is at least 50 units of the currency, and never funds more than claimed', () => {
    const small = aClaim({ amountMinor: 100_000, remainingMinor: 100_000 })
    expect(brief(small, [aLine('x', { amountMinor: 95_000 })])).toEqual(['amount x amount'])
    expect(brief(small, [aLine('x', { amountMinor: 94_999 })])).toEqual([])
    expect(proposeMatches(small, [aLine('x', { amountMinor: 105_000 })], policy)[0]?.amountMinor).toBe(100_000)
    expect(defaultMatchPolicy('JPY').toleranceMinorFixed).toBe(50)
  })

  test.each([
    ['another currency', { currency: 'USD' }],
    ['nothing left of it', { availableMinor: 0 }],
    ['a known account of somebody else', { accountIban: 'GB29NWBK60161331926819', accountId: 'a9', counterpartyName: 'Nagy Péter', endToEndId: 'RAP-2026-17' }],
    ['an unknown account and a stranger', { accountIban: null, accountId: null }],
  ])('never proposes %s', (_name, changes) => {
    expect(brief(aClaim(), [aLine('x', changes)])).toEqual([])
  })

  test('an account not entered yet needs a similar payer and the amount', () => {
    expect(brief(aClaim(), [aLine('x', { accountIban: null, accountId: null, counterpartyName: 'PETER NAGY' })])).toEqual(['payer x '])
  })

  test('nothing is proposed when nothing is missing', () => {
    expect(brief(aClaim({ remainingMinor: 0 }), [aLine('x')])).toEqual([])
  })
})

describe('ambiguous', () => {
  test('two equal credits are both ambiguous', () => {
    expect(brief(aClaim(), [aLine('x'), aLine('y', { bookedOn: '2026-03-11' })])).toEqual(['amount x ambiguous', 'amount y ambiguous'])
  })
  test('the reference decides between them', () => {
    expect(brief(aClaim(), [aLine('x'), aLine('y', { endToEndId: 'RAP-2026-17' })])).toEqual(['reference y ', 'amount x '])
  })
  test('instalments with the reference are not', () => {
    const lines = ['x', 'y'].map((id) => aLine(id, { amountMinor: 100_000_000, endToEndId: 'RAP-2026-17' }))
    expect(brief(aClaim(), lines)).toEqual(['reference x amount', 'reference y amount', 'sum x+y '])
  })
})

describe('part funding', () => {
  test('a referenced part funds what came', () => {
    expect(proposeMatches(aClaim(), [aLine('x', { amountMinor: 60_000_000, remittance: 'RAP-2026-17' })], policy)[0]).toMatchObject({
      kind: 'reference',
      amountMinor: 60_000_000,
      exceptions: ['amount'],
    })
  })
  test('the rest of a claim is matched with what is missing', () => {
    expect(brief(aClaim({ remainingMinor: 140_000_000 }), [aLine('x', { amountMinor: 140_000_000 })])).toEqual(['amount x '])
  })
  test('a line that another claim used in part counts with what is left', () => {
    expect(brief(aClaim({ remainingMinor: 140_000_000 }), [aLine('x', { availableMinor: 140_000_000 })])).toEqual(['amount x '])
  })
  test('a payer may fund a pledge in parts, not a deposit', () => {
    const part = aLine('x', { amountMinor: 50_000_000, counterpartyName: 'Nagy Péter' })
    expect(brief(aClaim({ kind: 'pledge' }), [part])).toEqual(['payer x amount'])
    expect(brief(aClaim(), [part])).toEqual([])
  })
})

describe('sums', () => {
  const parts = (...amounts: readonly number[]) => amounts.map((amountMinor, i) => aLine(`l${i}`, { amountMinor }))

  test('finds four lines that add up, not five', () => {
    expect(brief(aClaim(), parts(50_000_000, 60_000_000, 40_000_000, 50_000_000, 7))).toEqual(['sum l0+l1+l2+l3 '])
    expect(brief(aClaim(), parts(40_000_000, 40_000_000, 40_000_000, 40_000_000, 40_000_000))).toEqual([])
  })
  test('prefers exact sums; a sum within the tolerance is an exception', () => {
    expect(brief(aClaim(), parts(120_000_000, 79_500_000))).toEqual(['sum l0+l1 amount'])
    expect(brief(aClaim(), parts(120_000_000, 79_500_000, 80_000_000))).toEqual(['sum l0+l2 '])
  })
  test('never adds lines of two accounts', () => {
    const [a, b] = parts(120_000_000, 80_000_000)
    expect(brief(aClaim(), [a, { ...b, accountIban: OTHER, accountId: 'a2' }] as MatchLine[])).toEqual([])
  })
  test('several sums are ambiguous', () => {
    expect(brief(aClaim(), parts(120_000_000, 80_000_000, 80_000_000))).toEqual(['sum l0+l1 ambiguous', 'sum l0+l2 ambiguous'])
  })
  test('is not looked for when one line settles it', () => {
    expect(brief(aClaim(), [...parts(120_000_000, 80_000_000), aLine('x')])).toEqual(['amount x '])
  })
  test('stays quick and short with 10,000 lines', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => aLine(`l${i}`, { amountMinor: 50_000_000 }))
    const startedAtMs = performance.now()
    expect(proposeMatches(aClaim(), many, policy)).toHaveLength(5)
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
  })
})

test('a proposal’s money is taken from its lines, never more than is left', () => {
  const lines = [aLine('late', { amountMinor: 120_000_000, bookedOn: '2026-03-12' }), aLine('early', { amountMinor: 80_500_000 })]
  const [proposal] = proposeMatches(aClaim(), lines, policy)
  expect(proposal && allocateProposal(proposal, lines)).toEqual([
    { activityId: 'early', amountMinor: 80_500_000 },
    { activityId: 'late', amountMinor: 119_500_000 },
  ])
})
