import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLines, type FingerprintedLine, findSeenElsewhere, lineFingerprints, type SeenCounts } from './same-line.ts'
import type { FeedFormat } from './statement-file.ts'

const ACCOUNT = 'CH9300762011623852957'
const deposit = {
  reference: 'BANK-REF-1',
  endToEndId: 'E2E-1',
  amountMinor: 100_000_000,
  currency: 'EUR',
  direction: 'credit',
  bookedOn: '2026-03-02',
  valueOn: '2026-03-03',
  counterpartyName: 'Müller Holding AG',
  counterpartyIban: null,
  remittance: 'Capital contribution, second part',
} as const
type Deposit = Parameters<typeof lineFingerprints>[1]

const linesOf = (bookings: readonly Deposit[]): readonly FingerprintedLine[] => bookings.map((line, i) => ({ lineNo: i + 1, fingerprints: lineFingerprints(ACCOUNT, line) }))

/** Imports files one after the other; for each the line numbers whose money is evidence. */
function evidenceOf(files: readonly (readonly [FeedFormat, readonly Deposit[]])[]): readonly (readonly number[])[] {
  const seen = new Map<string, Partial<Record<FeedFormat, number>>>()
  return files.map(([format, bookings]) => {
    const lines = linesOf(bookings)
    const elsewhere = findSeenElsewhere(format, lines, seen as SeenCounts)
    for (const [fingerprint, counts] of countLines(format, lines, seen as SeenCounts)) seen.set(fingerprint, counts)
    return lines.map((line) => line.lineNo).filter((lineNo) => !elsewhere.has(lineNo))
  })
}

test('a notified booking is evidence once, whichever report comes first', () => {
  expect(
    evidenceOf([
      ['camt.054', [deposit]],
      ['camt.053', [deposit]],
    ]),
  ).toEqual([[1], []])
  expect(
    evidenceOf([
      ['camt.053', [deposit]],
      ['camt.054', [deposit]],
    ]),
  ).toEqual([[1], []])
})

test('three reports of one booking leave one', () => {
  expect(
    evidenceOf([
      ['mt942', [deposit]],
      ['camt.054', [deposit]],
      ['mt940', [deposit]],
    ]),
  ).toEqual([[1], [], []])
})

test('two equal bookings in one file stay two', () => {
  const bare = { ...deposit, reference: null, endToEndId: null, remittance: '', counterpartyName: null }
  for (const booking of [deposit, bare]) expect(evidenceOf([['camt.053', [booking, booking]]])).toEqual([[1, 2]])
})

test('two notified of three equal bookings leave one for the statement', () => {
  expect(
    evidenceOf([
      ['camt.054', [deposit, deposit]],
      ['camt.053', [deposit, deposit, deposit]],
    ]),
  ).toEqual([[1, 2], [3]])
})

test('equal bookings in two statements of one format are two', () => {
  expect(
    evidenceOf([
      ['camt.053', [deposit]],
      ['camt.053', [deposit]],
    ]),
  ).toEqual([[1], [1]])
})

test('an interim report that repeats the one before brings only what is new', () => {
  const later = { ...deposit, reference: 'BANK-REF-2', endToEndId: 'E2E-2' }
  expect(
    evidenceOf([
      ['camt.052', [deposit]],
      ['camt.052', [deposit, later]],
      ['camt.053', [deposit, later]],
    ]),
  ).toEqual([[1], [2], []])
})

test('the bank’s reference decides which of two alike bookings was notified', () => {
  const other = { ...deposit, reference: 'BANK-REF-2', endToEndId: null }
  const notified = { ...deposit, endToEndId: null }
  expect(
    evidenceOf([
      ['camt.054', [notified]],
      ['camt.053', [other, notified]],
    ]),
  ).toEqual([[1], [1]])
})

test('a format without the bank’s reference is recognised by end-to-end id, then by the texts', () => {
  const byId = { ...deposit, reference: null, remittance: 'CAPITAL', counterpartyName: null }
  const byTexts = { ...deposit, reference: null, endToEndId: null, remittance: 'CAPITAL CONTRI BUTION, SECOND PART', counterpartyName: 'MULLER HOLDING AG' }
  expect(
    evidenceOf([
      ['camt.054', [deposit]],
      ['mt940', [byId]],
    ]),
  ).toEqual([[1], []])
  expect(
    evidenceOf([
      ['camt.054', [deposit]],
      ['mt940', [byTexts]],
    ]),
  ).toEqual([[1], []])
})

test('another account, amount, currency, direction or day is another booking', () => {
  const others: readonly Deposit[] = [
    { ...deposit, amountMinor: 100_000_001 },
    { ...deposit, currency: 'CHF' },
    { ...deposit, direction: 'debit' },
    { ...deposit, bookedOn: '2026-03-03' },
  ]
  for (const other of others)
    expect(
      evidenceOf([
        ['camt.054', [deposit]],
        ['camt.053', [other]],
      ]),
    ).toEqual([[1], [1]])
  const [mine] = lineFingerprints(ACCOUNT, deposit)
  expect(lineFingerprints('DE89370400440532013000', deposit)).not.toContain(mine)
})

test('fingerprints hold no text of the line, and a missing booking day falls back to the value day', () => {
  expect(lineFingerprints(ACCOUNT, deposit).join()).not.toMatch(/Müller|Capital|REF-1|E2E-1/)
  expect(lineFingerprints(ACCOUNT, { ...deposit, bookedOn: null })).toEqual(lineFingerprints(ACCOUNT, { ...deposit, bookedOn: '2026-03-03' }))
})

test('over all orders of reports, no booking with a reference of its own is evidence twice', () => {
  const formats = ['camt.052', 'camt.053', 'camt.054', 'mt940', 'mt942'] as const
  fc.assert(
    fc.property(fc.shuffledSubarray([...formats], { minLength: 2 }), fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.boolean()), (order, count, coins) => {
      const bookings = Array.from({ length: count }, (_, i) => ({ ...deposit, reference: `REF-${i}`, endToEndId: null }))
      const files = order.map((format) => [format, bookings.filter(() => coins.next().value === true)] as const)
      const evidence = evidenceOf(files).flatMap((lineNos, at) => lineNos.map((lineNo) => files[at]?.[1][lineNo - 1]?.reference))
      const reported = new Set(files.flatMap(([, lines]) => lines.map((line) => line.reference)))
      expect(evidence.length).toBeLessThanOrEqual(reported.size) // alike texts may hide one, never double one
      expect(new Set(evidence).size).toBe(evidence.length)
    }),
    { numRuns: 500 },
  )
})
