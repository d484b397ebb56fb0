import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readStatementFile } from '../read-statement-file.ts'
import type { StatementFile } from '../statement-file.ts'

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../../test/fixtures/feeds/${name}`, import.meta.url)))
const bytesOf = (content: string): Uint8Array => new TextEncoder().encode(content)

function read(bytes: Uint8Array): StatementFile {
  const result = readStatementFile(bytes)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const aStatement = (lines: string): string => `:20:A\n:25:123\n:28C:1/1\n:60F:C260101EUR0,\n${lines}\n:62F:C260101EUR0,\n-\n`
const lineOf = (lines: string) => read(bytesOf(aStatement(lines))).statements[0]?.lines[0]

test('reads the numbered German dialect, wrapped inside words, in Latin 1', () => {
  const [statement] = read(fixture('mt940-german.sta')).statements
  expect(statement).toMatchObject({
    format: 'mt940',
    statementId: '00007/001 2026-03-01/2026-03-02',
    sequenceNumber: 7,
    iban: null,
    otherAccount: '37040044/0532013000',
    currency: 'EUR',
    openingMinor: -10_050,
    closingMinor: 15_075,
  })
  expect(statement?.lines).toMatchObject([
    {
      direction: 'credit',
      amountMinor: 30_000,
      isReversal: false,
      bookedOn: '2026-03-02',
      reference: 'AB12',
      endToEndId: 'RAP-2026-000000000017-AB',
      remittance: 'Einlage laut dem Gespräch vom Montag',
      counterpartyName: 'Johanna von Mustermann-Beispiel',
      counterpartyIban: 'AT611904300234573201',
      bankCode: 'NTRF+166',
    },
    { direction: 'debit', amountMinor: 5_025, isReversal: true, valueOn: '2026-02-28', bookedOn: '2026-03-01', remittance: 'Konto erloschen' },
    { direction: 'credit', amountMinor: 150, isReversal: true, remittance: 'ENTGELT STORNO', bankCode: 'NCHG+808' },
  ])
})

test('reads the Dutch /TAG/ dialect in a SWIFT envelope; the entry year follows the value date', () => {
  const [statement] = read(fixture('mt940-dutch.sta')).statements
  expect(statement).toMatchObject({ iban: 'NL91ABNA0417164300', sequenceNumber: 3 })
  expect(statement?.lines).toMatchObject([
    { counterpartyName: 'J DUPONT', counterpartyIban: 'FR1420041010050500013M02606', remittance: 'Apport RAP 2026 44', endToEndId: 'E2E-44', bookedOn: '2026-01-02' },
    { counterpartyName: 'A SMITH LTD', counterpartyIban: 'GB29NWBK60161331926819', remittance: 'Dividend share', endToEndId: null, bookedOn: '2025-12-31' },
  ])
})

test('joins the pages of one statement; a text after the closing balance is nobody’s', () => {
  const { statements } = read(fixture('mt940-swiss-pages.sta'))
  expect(statements).toHaveLength(1)
  expect(statements[0]).toMatchObject({ iban: 'CH9300762011623852957', sequenceNumber: 15, openingMinor: 0, closingMinor: 7_000, closedOn: '2026-04-03' })
  expect(statements[0]?.lines).toMatchObject([
    { lineNo: 1, reference: null, amountMinor: 7_970, remittance: expect.stringMatching(/EXAMPLESTRASSE 10 1234 XXXX 01916 20260402007602198765432000000012$/) as string },
    { lineNo: 2, reference: 'B-2', remittance: 'CHARGE SECOND LINE 01917' },
  ])
})

test('keeps pages apart whose balances do not meet', () => {
  const broken = new TextDecoder().decode(fixture('mt940-swiss-pages.sta')).replace(':60M:C260402CHF79,7', ':60M:C260402CHF79,8')
  expect(read(bytesOf(broken)).statements).toHaveLength(2)
})

test('reads an interim report: expected lines are pending, no balances', () => {
  const file = read(fixture('mt942-interim.sta'))
  expect(file).toMatchObject({ format: 'mt942', messageId: 'INTERIM1' })
  expect(file.statements[0]).toMatchObject({
    statementId: '00012/001 2603021200+0100',
    currency: 'EUR',
    openingMinor: null,
    closingMinor: null,
    lines: [
      { status: 'booked', direction: 'credit', amountMinor: 100_000 },
      { status: 'pending', amountMinor: 200_000 },
    ],
  })
})

test.each([
  [':61:2603020302C12,34NTRFNONREF', { amountMinor: 1_234, direction: 'credit' }],
  [':61:260302D,5NMSCN', { amountMinor: 50, direction: 'debit', bookedOn: '2026-03-02', remittance: '' }],
  [':61:9912310101DR7,NCHKREF 1//B', { amountMinor: 700, valueOn: '1999-12-31', bookedOn: '2000-01-01', remittance: 'REF 1', reference: 'B' }],
  [':61:260302C1,FMSCNONREF\n:86:020~00A~20one~21two~32Name~38AT611904300234573201', { remittance: 'one two', counterpartyName: 'Name', counterpartyIban: 'AT611904300234573201' }],
])('reads %s', (lines, expected) => {
  expect(lineOf(lines)).toMatchObject(expected)
})

test.each([
  ['a line that is none', aStatement(':61:hello'), { where: 'line 5 :61:', detail: 'not a statement line' }],
  ['a dot for the comma', aStatement(':61:260302C1.50NTRFX'), {}],
  ['an impossible day', aStatement(':61:261302C1,NTRFX'), { detail: 'not a calendar day' }],
  ['three decimals', aStatement(':61:260302C1,005NTRFX'), { detail: 'money/too-precise' }],
  ['a cut file', aStatement('').split(':62F:')[0] ?? '', { detail: 'opening or closing balance missing' }],
  ['a broken balance', aStatement('').replace(':62F:C260101EUR0,', ':62F:C260101EURO'), { where: 'line 6 :62F:' }],
])('refuses %s', (_name, content, error) => {
  const result = readStatementFile(bytesOf(content))
  expect(result).toMatchObject({ ok: false, error: { code: 'feed/malformed', ...error } })
})
