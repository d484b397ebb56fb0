import { describe, expect, test } from 'vitest'
import type { RowReader } from '../../commands/define-command.ts'
import { parseCall } from '../../commands/run-command.ts'
import type { AccountActivity } from '../feed/account-activity.ts'
import type { OutcomeClaim } from '../outcome/outcome-claim.ts'
import type { AnyRow, TableName } from '../tables.ts'
import { toleranceMinor } from './decide-claim.ts'
import type { VerificationCase } from './verification-case.ts'

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [CLAIM, HOUSEHOLD, MAKER, SPLIT, CHECKER, SECOND, LINE, LINE2] = [1, 2, 3, 4, 5, 6, 7, 8].map(id) as [string, string, string, string, string, string, string, string]

const aClaim = (more: Partial<OutcomeClaim> = {}): OutcomeClaim => ({
  id: CLAIM,
  householdId: HOUSEHOLD,
  entryId: id(20),
  makerId: MAKER,
  kind: 'deposit',
  accountId: id(21),
  claimedMinor: 200_000_000,
  fundedMinor: 0,
  confirmedMinor: 0,
  currency: 'EUR',
  contactOn: '2026-03-01',
  expectedOn: null,
  creditSplit: [
    { colleagueId: MAKER, shareBp: 7_000 },
    { colleagueId: SPLIT, shareBp: 3_000 },
  ],
  note: '',
  state: 'proposed',
  claimedAtMs: 1,
  question: null,
  decision: null,
  history: [],
  rev: 1,
  ...more,
})
const aCase = (more: Partial<VerificationCase> = {}): VerificationCase => ({
  id: CLAIM,
  householdId: HOUSEHOLD,
  makerId: MAKER,
  openedAtMs: 1,
  proposals: [],
  verdicts: [],
  rev: 1,
  ...more,
})
const aLine = (more: Partial<AccountActivity> = {}): AccountActivity => ({
  id: LINE,
  fileId: id(30),
  fileSha256: 'a'.repeat(64),
  fileName: 'march.xml',
  statementId: 's1',
  lineNo: 4,
  iban: null,
  accountId: id(21),
  householdId: HOUSEHOLD,
  direction: 'credit',
  amountMinor: 200_000_000,
  currency: 'EUR',
  status: 'booked',
  isReversal: false,
  bookedOn: '2026-03-10',
  valueOn: '2026-03-10',
  counterpartyName: 'Nagy',
  counterpartyIban: null,
  remittance: 'x',
  endToEndId: null,
  notEvidence: null,
  allocatedMinor: 0,
  rev: 1,
  ...more,
})

/** A store of a few rows; runs calls one after another as the hosts do. */
function aStore(rows: readonly (readonly [TableName, AnyRow])[]) {
  const map = new Map(rows.map(([table, row]) => [`${table} ${row.id}`, row]))
  const reader: RowReader = { find: (table, rowId) => map.get(`${table} ${rowId}`) as never }
  const run = (actorId: string, name: string, args: unknown): string | null => {
    const call = parseCall({ name, version: 1, args })
    if (!call.ok) return call.error.code
    const result = call.value.apply(reader, { actorId, commandId: id(99), madeAtMs: 1_000, receivedAtMs: 2_000 })
    if (!result.ok) return result.error.code
    for (const change of result.value) map.set(`${change.table} ${change.after.id}`, change.after)
    return null
  }
  return { run, find: reader.find }
}
const standard = (claim = aClaim(), line = aLine()) =>
  aStore([
    ['outcomeClaims', claim],
    ['verificationCases', aCase()],
    ['accountActivities', line],
  ])
const whole = { id: CLAIM, evidence: [{ activityId: LINE, amountMinor: 200_000_000 }], letterSha256: null, reason: 'agrees' }

describe('a decision', () => {
  test('freezes evidence with claim and case and uses the line up', () => {
    const store = standard()
    expect(store.run(CHECKER, 'verification/confirm', whole)).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)).toMatchObject({
      state: 'confirmed',
      confirmedMinor: 200_000_000,
      decision: { byId: CHECKER, atMs: 2_000, evidence: [{ lineNo: 4, fileSha256: 'a'.repeat(64) }] },
    })
    expect(store.find('verificationCases', CLAIM)?.verdicts[0]?.evidence[0]).toMatchObject({ counterpartyName: 'Nagy', lineAmountMinor: 200_000_000 })
    expect(store.find('accountActivities', LINE)?.allocatedMinor).toBe(200_000_000)
  })
  test.each([MAKER, SPLIT])('is refused to the maker and to everyone on the split (%s), whatever it is', (actor) => {
    for (const [name, args] of [
      ['confirm', whole],
      ['confirm-partly', whole],
      ['reject', { id: CLAIM, reason: 'x' }],
      ['return', { id: CLAIM, reason: 'x' }],
    ] as const) {
      expect(standard().run(actor, `verification/${name}`, args)).toBe('access/four-eyes')
    }
  })
  test('uses one line’s money once in total', () => {
    const other = aClaim({ id: id(11) })
    const store = aStore([
      ['outcomeClaims', aClaim()],
      ['verificationCases', aCase()],
      ['outcomeClaims', other],
      ['verificationCases', aCase({ id: id(11) })],
      ['accountActivities', aLine({ amountMinor: 300_000_000 })],
    ])
    expect(store.run(CHECKER, 'verification/confirm', whole)).toBeNull()
    expect(store.run(CHECKER, 'verification/confirm', { ...whole, id: id(11) })).toBe('verification/line-used')
    expect(store.run(CHECKER, 'verification/confirm-partly', { ...whole, id: id(11), evidence: [{ activityId: LINE, amountMinor: 100_000_000 }] })).toBeNull()
    expect(store.run(CHECKER, 'verification/confirm', whole)).toBe('verification/not-open')
  })
  test('takes no line twice, no debit, no other household’s, no other currency', () => {
    const half = { activityId: LINE, amountMinor: 100_000_000 }
    expect(standard().run(CHECKER, 'verification/confirm', { ...whole, evidence: [half, half] })).toBe('verification/evidence-unfit')
    expect(standard(aClaim(), aLine({ notEvidence: 'debit' })).run(CHECKER, 'verification/confirm', whole)).toBe('verification/evidence-unfit')
    expect(standard(aClaim(), aLine({ householdId: id(12) })).run(CHECKER, 'verification/confirm', whole)).toBe('verification/evidence-unfit')
    expect(standard(aClaim(), aLine({ currency: 'CHF' })).run(CHECKER, 'verification/confirm', whole)).toBe('verification/evidence-unfit')
    expect(standard().run(CHECKER, 'verification/confirm', { ...whole, evidence: [] })).toBe('verification/evidence-needed')
    expect(standard().run(CHECKER, 'verification/confirm', { ...whole, evidence: [{ activityId: LINE2, amountMinor: 1 }] })).toBe('verification/evidence-unfit')
  })
  test('confirms what came where charges were taken off within the tolerance, and no more than claimed', () => {
    const short = 200_000_000 - 1_000_000 // 0.5 %
    const store = standard(aClaim(), aLine({ amountMinor: short }))
    expect(store.run(CHECKER, 'verification/confirm', { ...whole, evidence: [{ activityId: LINE, amountMinor: short }] })).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)?.confirmedMinor).toBe(short)
    const tooShort = standard(aClaim(), aLine({ amountMinor: short - 1 }))
    expect(tooShort.run(CHECKER, 'verification/confirm', { ...whole, evidence: [{ activityId: LINE, amountMinor: short - 1 }] })).toBe('verification/amount')
    const more = standard(aClaim(), aLine({ amountMinor: 900_000_000 }))
    expect(more.run(CHECKER, 'verification/confirm', { ...whole, evidence: [{ activityId: LINE, amountMinor: 900_000_000 }] })).toBe('verification/above-claim')
    expect(more.run(CHECKER, 'verification/confirm', whole)).toBeNull()
    expect(more.find('accountActivities', LINE)?.allocatedMinor).toBe(200_000_000)
  })
  test('in part needs less than the claim', () => {
    expect(standard().run(CHECKER, 'verification/confirm-partly', whole)).toBe('verification/amount-not-part')
  })
  test('on a mandate needs the signed letter, not a bank line', () => {
    const mandate = aClaim({ kind: 'mandate', accountId: null, state: 'claimed' })
    expect(standard(mandate).run(CHECKER, 'verification/confirm', { ...whole, evidence: [] })).toBe('verification/evidence-needed')
    expect(standard(mandate).run(CHECKER, 'verification/confirm', { ...whole, evidence: [], letterSha256: 'b'.repeat(64) })).toBeNull()
  })
})

describe('above ten million', () => {
  const big = aClaim({ claimedMinor: 1_200_000_000 })
  const line = aLine({ amountMinor: 1_200_000_000 })
  const args = { ...whole, evidence: [{ activityId: LINE, amountMinor: 1_200_000_000 }] }

  test('two different controllers are needed', () => {
    const store = standard(big, line)
    expect(store.run(CHECKER, 'verification/confirm', args)).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)).toMatchObject({ state: 'proposed', confirmedMinor: 0, decision: null })
    expect(store.find('accountActivities', LINE)?.allocatedMinor).toBe(0)
    expect(store.run(CHECKER, 'verification/confirm', args)).toBe('verification/second-controller')
    expect(store.run(SECOND, 'verification/confirm', { ...args, reason: 'also' })).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)).toMatchObject({ state: 'confirmed', confirmedMinor: 1_200_000_000 })
  })
  test.each([
    ['KWD', 9_900_000_000],
    ['BHD', 9_900_000_000],
    ['GIP', 990_000_000],
    ['CLF', 40_000_000],
    ['XAU', 1_000_000],
  ])('in %s too, whose unit is worth more than a euro', (currency, amountMinor) => {
    const evidence = [{ activityId: LINE, amountMinor }]
    const store = standard(aClaim({ claimedMinor: amountMinor, currency }), aLine({ amountMinor, currency }))
    expect(store.run(CHECKER, 'verification/confirm', { ...whole, evidence })).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)).toMatchObject({ confirmedMinor: 0, decision: null })
  })
  test('the first approval does not outlive an edit of the claim', () => {
    const account = {
      id: id(21),
      householdId: HOUSEHOLD,
      name: 'Main',
      kind: 'cash',
      iban: null,
      custodian: 'x',
      number: '1',
      currency: 'EUR',
      owners: [],
      openedOn: null,
      closedOn: null,
      rev: 1,
    } as const
    const store = aStore([
      ['outcomeClaims', big],
      ['verificationCases', aCase()],
      ['accountActivities', line],
      ['accounts', { ...account, owners: [] }],
    ])
    expect(store.run(CHECKER, 'verification/confirm', args)).toBeNull()
    expect(store.run(MAKER, 'outcome/edit', { id: CLAIM, edits: { note: { from: '', to: 'more' } }, answer: null })).toBeNull()
    expect(store.run(SECOND, 'verification/confirm', args)).toBeNull()
    expect(store.find('outcomeClaims', CLAIM)).toMatchObject({ state: 'claimed', decision: null, confirmedMinor: 0 })
  })
})

test('the tolerance is the larger of 50 units and 0.5 %', () => {
  expect([toleranceMinor(100_000, 'EUR'), toleranceMinor(200_000_000, 'EUR'), toleranceMinor(1_000, 'JPY')]).toEqual([5_000, 1_000_000, 50])
})
