import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readStatementFile } from './read-statement-file.ts'
import type { StatementFile } from './statement-file.ts'

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../test/fixtures/feeds/${name}`, import.meta.url)))
const text = (name: string): string => new TextDecoder().decode(fixture(name))
const bytesOf = (content: string): Uint8Array => new TextEncoder().encode(content)
const minimal = text('camt053-v2-minimal.xml')

function read(bytes: Uint8Array): StatementFile {
  const result = readStatementFile(bytes)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const firstOf = (bytes: Uint8Array) => {
  const statement = read(bytes).statements[0]
  if (statement === undefined) throw new Error('no statement')
  return statement
}
const errorOf = (content: string) => {
  const result = readStatementFile(bytesOf(content))
  return result.ok ? null : result.error
}

describe('camt', () => {
  test('reads a minimal version 2 statement', () => {
    const file = read(fixture('camt053-v2-minimal.xml'))
    expect(file).toMatchObject({ format: 'camt.053', messageId: 'MSG-0001' })
    expect(file.statements).toHaveLength(1)
    const { lines, ...head } = firstOf(fixture('camt053-v2-minimal.xml'))
    expect(head).toEqual({
      format: 'camt.053',
      statementId: '2026-041',
      sequenceNumber: 41,
      iban: 'DE89370400440532013000',
      otherAccount: null,
      currency: 'EUR',
      openingMinor: 100_000,
      openingCurrency: 'EUR',
      closingMinor: 200_050_050,
      closingCurrency: 'EUR',
      openedOn: '2026-03-02',
      closedOn: '2026-03-02',
      isDuplicateCopy: false,
    })
    expect(lines[0]).toEqual({
      lineNo: 1,
      reference: 'BANK-7781',
      endToEndId: 'RAP-2026-17',
      amountMinor: 200_000_050,
      currency: 'EUR',
      direction: 'credit',
      status: 'booked',
      isReversal: false,
      bookedOn: '2026-03-02',
      valueOn: '2026-03-03',
      counterpartyName: 'Muster & Söhne',
      counterpartyIban: 'AT611904300234573201',
      remittance: 'Deposit as agreed ref RAP-2026-17',
      bankCode: 'PMNT/RCDT/ESCT',
    })
    expect(lines[1]).toMatchObject({ direction: 'debit', bookedOn: '2026-03-02', remittance: 'Account charge', bankCode: 'NCHG+808' })
    expect(lines[2]).toMatchObject({ lineNo: 3, status: 'pending', bookedOn: null, bankCode: null })
  })

  test('splits a batch whose details add up, keeps a reversal as the bank booked it', () => {
    const statement = firstOf(fixture('camt053-v8-prefixed-batch.xml'))
    expect(statement).toMatchObject({ iban: 'CH9300762011623852957', sequenceNumber: 100, openingMinor: -10_000, closingMinor: 15_000 })
    expect(statement.lines).toMatchObject([
      { lineNo: 1, amountMinor: 10_000, reference: 'PART-1', endToEndId: 'E2E-1', counterpartyName: 'Anna Muster' },
      { lineNo: 2, amountMinor: 20_000, reference: 'SUM-1', endToEndId: null, counterpartyName: 'Beat Muster', remittance: 'RF18539007547034' },
      { lineNo: 3, amountMinor: 5_000, direction: 'debit', isReversal: true, counterpartyName: 'Anna Muster' },
      { lineNo: 4, amountMinor: 1_200, status: 'information' },
    ])
  })

  test('keeps one line for a batch whose details do not add up', () => {
    const changed = text('camt053-v8-prefixed-batch.xml').replace('>100.00<', '>100.01<')
    const lines = firstOf(bytesOf(changed)).lines
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatchObject({ amountMinor: 30_000, reference: 'SUM-1', counterpartyName: null, remittance: 'RF18539007547034' })
  })

  test('reads a notification without balances, with details without amounts', () => {
    const file = read(fixture('camt054-v2-unsplit.xml'))
    expect(file.format).toBe('camt.054')
    expect(file.statements[0]).toMatchObject({
      iban: null,
      otherAccount: '117730161111101800000000',
      currency: 'HUF',
      openingMinor: null,
      closingMinor: null,
      lines: [{ amountMinor: 150_000_000, endToEndId: null, remittance: 'első rész második rész' }],
    })
  })

  test('reads an intraday report: interim balances close nothing', () => {
    const report = minimal.replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt').replaceAll('Stmt>', 'Rpt>').replace('camt.053', 'camt.052').replace('CLBD', 'ITBD')
    expect(read(bytesOf(report))).toMatchObject({ format: 'camt.052', statements: [{ openingMinor: 100_000, closingMinor: null }] })
  })

  test('joins the pages of a long statement at interim balances', () => {
    expect(firstOf(bytesOf(minimal.replace('CLBD', 'ITBD'))).closingMinor).toBe(200_050_050)
    expect(firstOf(bytesOf(minimal.replace('OPBD', 'ITBD'))).openingMinor).toBe(100_000)
  })

  test('numbers lines through all statements of a file', () => {
    const stmt = /<Stmt>[\s\S]*<\/Stmt>/.exec(minimal)?.[0] ?? ''
    const two = read(bytesOf(minimal.replace('</Stmt>', `</Stmt>${stmt.replace('2026-041', '2026-042')}`)))
    expect(two.statements.map(({ statementId }) => statementId)).toEqual(['2026-041', '2026-042'])
    expect(two.statements.flatMap(({ lines }) => lines.map(({ lineNo }) => lineNo))).toEqual([1, 2, 3, 4, 5, 6])
  })

  test.each(['02', '03', '04', '06', '08', '10', '13'])('accepts version 001.%s', (version) => {
    expect(read(bytesOf(minimal.replace('001.02', `001.${version}`))).format).toBe('camt.053')
  })

  test('reads marked sections, comments and character numbers as text', () => {
    const marked = minimal.replace('Deposit as agreed', '<![CDATA[Deposit <as> & when]]></Ustrd><Ustrd><!-- no -->agreed&#x20;&amp;amp; &#0;kept &unknown;')
    expect(firstOf(bytesOf(marked)).lines[0]?.remittance).toBe('Deposit <as> & when agreed &amp; kept &unknown; ref RAP-2026-17')
  })

  test('finds the document inside an envelope', () => {
    const wrapped = `${minimal.replace(/<\?xml[^>]*>/, '<Envelope xmlns="urn:x"><Body>')}</Body></Envelope>`
    expect(read(bytesOf(wrapped)).statements).toHaveLength(1)
  })

  test('takes the counterparty from the other side when a side is the own account', () => {
    const own = minimal.replace('<IBAN>AT611904300234573201</IBAN>', '<IBAN>DE89370400440532013000</IBAN>')
    expect(firstOf(bytesOf(own)).lines[0]).toMatchObject({ counterpartyName: 'Familie Beispiel', counterpartyIban: null })
  })

  test('marks a returned payment as a reversal', () => {
    const returned = minimal.replace('<RmtInf>', '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf><RmtInf>')
    expect(firstOf(bytesOf(returned)).lines[0]).toMatchObject({ isReversal: true, counterpartyName: 'Familie Beispiel' })
  })

  test.each([
    ['DUPL', true],
    ['CODU', true],
    ['COPY', false],
  ])('copy mark %s → duplicate %s', (mark, isDuplicateCopy) => {
    expect(firstOf(bytesOf(minimal.replace('<Acct>', `<CpyDplctInd>${mark}</CpyDplctInd><Acct>`))).isDuplicateCopy).toBe(isDuplicateCopy)
  })
})

describe('encodings', () => {
  test('reads Latin 1 with CRLF', () => {
    const file = read(fixture('camt053-v4-latin1.xml'))
    expect(file.statements[0]?.lines[0]?.counterpartyName).toBe('Jörg Groß')
  })

  test.each(['utf-16le', 'utf-16be'])('reads %s with and without a byte-order mark', (encoding) => {
    const content = minimal.replace('UTF-8', 'UTF-16')
    const bytes = Buffer.from(`\ufeff${content}`, 'utf16le')
    if (encoding === 'utf-16be') bytes.swap16()
    for (const part of [bytes, bytes.subarray(2)]) expect(read(new Uint8Array(part)).messageId).toBe('MSG-0001')
  })

  test('reads UTF-8 with a byte-order mark', () => {
    expect(read(bytesOf(`\ufeff${minimal}`)).messageId).toBe('MSG-0001')
  })

  test('refuses bytes that the declared encoding does not have, and unknown encodings', () => {
    const broken = Uint8Array.from([...bytesOf(minimal), 0xff])
    expect(readStatementFile(broken)).toEqual({ ok: false, error: { code: 'feed/unreadable' } })
    expect(errorOf(minimal.replace('UTF-8', 'EBCDIC-XX'))).toEqual({ code: 'feed/unreadable' })
    expect(errorOf(minimal.replace('UTF-8', '__proto__'))).toEqual({ code: 'feed/unreadable' })
  })
})

describe('refused files', () => {
  test.each([
    ['a document type', minimal.replace('<Document', '<!DOCTYPE x [<!ENTITY a "b">]><Document'), { code: 'feed/doctype-forbidden' }],
    ['another message', minimal.replaceAll('BkToCstmrStmt', 'CstmrCdtTrfInitn'), { code: 'feed/unknown-format' }],
    ['a version not known yet', minimal.replace('001.02', '001.99'), { code: 'feed/unknown-format' }],
    ['plain text', 'hello', { code: 'feed/unknown-format' }],
    ['nothing', '', { code: 'feed/unknown-format' }],
    ['a cut file', minimal.slice(0, -200), { code: 'feed/malformed', detail: 'not well-formed XML' }],
    ['an amount with an exponent', minimal.replace('2000000.50', '2e6'), { code: 'feed/malformed', where: 'Stmt[1]/Ntry[1]/Amt', detail: 'amount is not a plain decimal' }],
    ['a negative amount', minimal.replace('2000000.50', '-1'), { code: 'feed/malformed' }],
    ['half a cent', minimal.replace('2000000.50', '1.005'), { code: 'feed/malformed', detail: 'money/too-precise' }],
    ['an amount beyond exact numbers', minimal.replace('2000000.50', '99999999999999999'), { code: 'feed/malformed', detail: 'money/too-large' }],
    ['no currency', minimal.replace('<Amt Ccy="EUR">2000000.50', '<Amt>2000000.50'), { code: 'feed/malformed' }],
    ['an impossible day', minimal.replace('<BookgDt><Dt>2026-03-02', '<BookgDt><Dt>2026-02-30'), { code: 'feed/malformed', where: 'Stmt[1]/Ntry[1]/BookgDt' }],
    ['no direction', minimal.replace(/<Sts>BOOK/, '<X/><Sts>BOOK').replace('<CdtDbtInd>DBIT</CdtDbtInd>', ''), { code: 'feed/malformed', where: 'Stmt[1]/Ntry[2]/CdtDbtInd' }],
    ['no statement id', minimal.replace('<Id>2026-041</Id>', ''), { code: 'feed/malformed', where: 'Stmt[1]/Id' }],
    ['endless nesting', `<Document>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</Document>`, { code: 'feed/malformed' }],
  ])('%s', (_name, content, error) => {
    expect(errorOf(content)).toMatchObject(error)
  })

  test('too many bytes, tags, lines', () => {
    expect(readStatementFile(new Uint8Array(20 * 1024 * 1024 + 1))).toMatchObject({ error: { code: 'feed/too-large' } })
    expect(errorOf(`<a>${'<b/>'.repeat(3_000_001)}</a>`)).toMatchObject({ code: 'feed/too-large' })
    expect(errorOf(`<Document>${'<Ntry></Ntry>'.repeat(100_001)}</Document>`)).toMatchObject({ code: 'feed/too-many-lines' })
    expect(errorOf(minimal.replace('<TxDtls>', `${'<TxDtls></TxDtls>'.repeat(100_001)}<TxDtls>`))).toMatchObject({ code: 'feed/too-many-lines' })
    expect(errorOf(':20:A\n:25:1\n:60F:C260101EUR0,\n:62F:C260101EUR0,\n'.repeat(100_001))).toMatchObject({ code: 'feed/too-many-lines' })
    expect(errorOf(`:20:X\n:25:1\n:60F:C260101EUR0,\n${':61:260101C1,NTRFX\n'.repeat(100_001)}:62F:C260101EUR0,\n`)).toMatchObject({ code: 'feed/too-many-lines' })
  })

  test('leaves no trace on prototypes', () => {
    errorOf('<Document><__proto__><polluted>1</polluted></__proto__><constructor><prototype><polluted>1</polluted></prototype></constructor></Document>')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
