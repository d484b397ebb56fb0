import { expect, test } from 'vitest'
import { checkStatement, type KnownStatements } from './check-statement.ts'
import type { Statement, StatementLine } from './statement-file.ts'

const aLine = (changes: Partial<StatementLine> = {}): StatementLine => ({
  lineNo: 1,
  reference: null,
  endToEndId: null,
  amountMinor: 500,
  currency: 'EUR',
  direction: 'credit',
  status: 'booked',
  isReversal: false,
  bookedOn: '2026-03-02',
  valueOn: null,
  counterpartyName: null,
  counterpartyIban: null,
  remittance: '',
  bankCode: null,
  ...changes,
})
const aStatement = (changes: Partial<Statement> = {}): Statement => ({
  format: 'camt.053',
  statementId: 'S-5',
  sequenceNumber: 5,
  iban: 'DE89370400440532013000',
  otherAccount: null,
  currency: 'EUR',
  openingMinor: 1_000,
  openingCurrency: 'EUR',
  closingMinor: 1_500,
  closingCurrency: 'EUR',
  openedOn: '2026-03-02',
  closedOn: '2026-03-02',
  isDuplicateCopy: false,
  lines: [aLine()],
  ...changes,
})
const known = (changes: { seen?: readonly string[]; sequence?: number | null; closingMinor?: number | null } = {}): KnownStatements => ({
  hasStatement: (_account, id) => (changes.seen ?? []).includes(id),
  lastSequence: () => changes.sequence ?? null,
  lastClosingMinor: () => changes.closingMinor ?? null,
})

test('lets a sound statement through', () => {
  expect(checkStatement(aStatement(), known())).toEqual([])
  expect(checkStatement(aStatement(), known({ sequence: 4, closingMinor: 1_000 }))).toEqual([])
})

test('opening and booked lines make the closing balance; pending and information do not count, a reversal as booked', () => {
  const lines = [
    aLine({ amountMinor: 900 }),
    aLine({ lineNo: 2, amountMinor: 400, direction: 'debit', isReversal: true }),
    aLine({ lineNo: 3, status: 'pending', bookedOn: null }),
    aLine({ lineNo: 4, status: 'information', bookedOn: null }),
  ]
  expect(checkStatement(aStatement({ lines }), known())).toEqual([])
  expect(checkStatement(aStatement({ lines: lines.slice(0, 1) }), known())).toEqual([
    { code: 'feed/balance-mismatch', openingMinor: 1_000, linesMinor: 900, closingMinor: 1_500, currency: 'EUR' },
  ])
})

test.each([
  ['a gap', 7, 4, null, [{ code: 'feed/sequence-gap', expected: 5, found: 7 }]],
  ['an older one', 3, 4, null, [{ code: 'feed/sequence-gap', expected: 5, found: 3 }]],
  ['a new year that continues the balance', 1, 251, 1_000, []],
  ['a new year that does not', 1, 251, 999, [{ code: 'feed/sequence-gap', expected: 252, found: 1 }]],
  ['the next page of a long statement', 4, 4, 1_000, []],
  ['the same number again', 4, 4, 900, [{ code: 'feed/sequence-gap', expected: 5, found: 4 }]],
  ['no number', null, 4, 1_000, []],
  ['a right number, another balance', 5, 4, 900, [{ code: 'feed/opening-mismatch', expectedMinor: 900, openingMinor: 1_000, currency: 'EUR' }]],
])('order: %s', (_name, sequenceNumber, sequence, closingMinor, reasons) => {
  expect(checkStatement(aStatement({ sequenceNumber }), known({ sequence, closingMinor }))).toEqual(reasons)
})

test.each([
  ['seen before, whatever else is wrong', { sequenceNumber: 99, closingMinor: 1 }, [{ code: 'feed/statement-seen-before', statementId: 'S-5' }], ['S-5']],
  ['nothing against a copy that was never imported', { isDuplicateCopy: true }, [], []],
  ['no account', { iban: null }, [{ code: 'feed/no-account' }], []],
  ['another account number', { iban: null, otherAccount: '123' }, [], []],
  ['a balance in another currency', { closingCurrency: 'SEK' }, [{ code: 'feed/balance-currency', expected: 'EUR', found: 'SEK' }], []],
  ['a statement without a balance', { closingMinor: null, closingCurrency: null }, [{ code: 'feed/balance-missing' }], []],
  ['a notification without balances', { format: 'camt.054', openingMinor: null, openingCurrency: null, closingMinor: null, closingCurrency: null }, [], []],
  ['a line in another currency', { lines: [aLine({ currency: 'USD' })] }, [{ code: 'feed/line-currency', lineNo: 1 }], []],
  ['a booked line without a day', { lines: [aLine({ bookedOn: null })] }, [{ code: 'feed/no-booking-date', lineNo: 1 }], []],
] as const)('%s', (_name, changes, reasons, seen) => {
  expect(checkStatement(aStatement(changes), known({ seen }))).toEqual(reasons)
})
