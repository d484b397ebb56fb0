import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildCamt, type CamtSpec, sumBooked } from '../../test/fixtures/feeds/build-camt.ts'
import { buildMt940 } from '../../test/fixtures/feeds/build-mt940.ts'
import { checkStatement } from './check-statement.ts'
import { readStatementFile } from './read-statement-file.ts'
import type { StatementLine } from './statement-file.ts'

const seed = Number(process.env['FEED_SEED'] ?? Date.now() % 2 ** 31)
console.info(`FEED_SEED=${seed}`)

const known = { hasStatement: () => false, lastSequence: () => null, lastClosingMinor: () => null }
const IBANS = ['DE89370400440532013000', 'GB29NWBK60161331926819', 'NL91ABNA0417164300', 'AT611904300234573201', 'FR1420041010050500013M02606'] as const
const OWN_IBAN = 'CH9300762011623852957'

const day = fc.integer({ min: 0, max: 9_000 }).map((days) => new Date(Date.UTC(2005, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
/** Text as the readers return it: single blanks, none at the ends, no control characters. */
const words = fc
  .array(fc.string({ unit: fc.constantFrom(...'abcXYZ019äőß&<>"\'€/?+-.,'), minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(' '))
const reference = fc.string({ unit: fc.constantFrom(...'ABC0123456789-'), minLength: 2, maxLength: 16 })

const lineArb = (currency: string): fc.Arbitrary<StatementLine> =>
  fc.record({
    lineNo: fc.constant(1),
    reference: fc.option(reference),
    endToEndId: fc.option(reference),
    amountMinor: fc.integer({ min: 0, max: 10 ** 13 }),
    currency: fc.constant(currency),
    direction: fc.constantFrom('credit' as const, 'debit' as const),
    status: fc.constantFrom('booked' as const, 'pending' as const, 'information' as const),
    isReversal: fc.boolean(),
    bookedOn: day,
    valueOn: fc.option(day),
    counterpartyName: fc.option(words),
    counterpartyIban: fc.option(fc.constantFrom(...IBANS)),
    remittance: words,
    bankCode: fc.option(fc.constantFrom('544', 'NTRF+166')),
  })
const number = (lines: readonly StatementLine[]): readonly StatementLine[] => lines.map((line, i) => ({ ...line, lineNo: i + 1 }))

const specArb: fc.Arbitrary<CamtSpec> = fc.constantFrom('EUR', 'HUF', 'JPY', 'KWD', 'CHF').chain((currency) =>
  fc.record({
    version: fc.constantFrom('02', '04', '06', '08', '13'),
    prefix: fc.constantFrom('', 'ns2', 'camt'),
    iban: fc.constant(OWN_IBAN),
    statementId: reference,
    sequenceNumber: fc.integer({ min: 1, max: 99_999 }),
    currency: fc.constant(currency),
    openingMinor: fc.integer({ min: -(10 ** 13), max: 10 ** 13 }),
    lines: fc.array(lineArb(currency), { maxLength: 12 }).map(number),
  }),
)

test('a camt statement comes back as it was written, and its balances agree', () => {
  fc.assert(
    fc.property(specArb, (spec) => {
      const result = readStatementFile(new TextEncoder().encode(buildCamt(spec)))
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      const [statement] = result.value.statements
      expect(statement).toMatchObject({
        statementId: spec.statementId,
        sequenceNumber: spec.sequenceNumber,
        iban: spec.iban,
        currency: spec.currency,
        openingMinor: spec.openingMinor,
      })
      expect(statement?.lines).toEqual(spec.lines)
      expect(statement && checkStatement(statement, known)).toEqual([])
    }),
    { seed, numRuns: 300 },
  )
})

const mtLineArb = lineArb('EUR').map((line) => ({
  ...line,
  status: 'booked' as const,
  endToEndId: null,
  counterpartyName: null,
  counterpartyIban: null,
  bankCode: 'NTRF',
  remittance: `x ${line.remittance.replace(/[-/?]/g, '.')}`, // the format forbids '-' where a line may begin
  bookedOn: line.valueOn ?? line.bookedOn,
  valueOn: line.valueOn ?? line.bookedOn,
}))

test('an MT940 statement comes back with amounts, days and references', () => {
  fc.assert(
    fc.property(fc.array(mtLineArb, { maxLength: 12 }).map(number), fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (lines, openingMinor) => {
      const closingMinor = openingMinor + sumBooked(lines)
      const text = buildMt940({ iban: OWN_IBAN, sequenceNumber: 3, currency: 'EUR', openingMinor, closingMinor, lines })
      const result = readStatementFile(new TextEncoder().encode(text))
      if (!result.ok) throw new Error(JSON.stringify(result.error))
      const [statement] = result.value.statements
      const exact = (line: StatementLine) => ({ ...line, remittance: line.remittance.replaceAll(' ', '') }) // a blank at a wrap may go
      expect(statement?.lines.map(exact)).toEqual(lines.map(exact))
      expect(statement && checkStatement(statement, known)).toEqual([])
    }),
    { seed, numRuns: 300 },
  )
})

const folder = new URL('../../test/fixtures/feeds/', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => /\.(xml|sta)$/.test(name))
  .map((name) => new Uint8Array(readFileSync(new URL(name, folder))))

type Mutation = { readonly kind: 'byte' | 'cut' | 'repeat'; readonly at: number; readonly length: number; readonly value: number }
const mutationArb: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('byte' as const, 'cut' as const, 'repeat' as const),
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  length: fc.integer({ min: 1, max: 60 }),
  value: fc.integer({ min: 0, max: 255 }),
})

function mutate(bytes: Uint8Array, { kind, at, length, value }: Mutation): Uint8Array {
  const from = Math.floor(at * bytes.length)
  const part = bytes.slice(from, from + length)
  if (kind === 'byte') return bytes.map((byte, i) => (i === from ? value : byte))
  const middle = kind === 'cut' ? [] : Array.from({ length: 5 }, () => [...part]).flat()
  return Uint8Array.from([...bytes.slice(0, from), ...middle, ...bytes.slice(from + part.length)])
}

test('[T9] damaged files never throw and never hang', () => {
  const startedAtMs = performance.now()
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(mutationArb, { minLength: 1, maxLength: 6 }), (bytes, mutations) => {
      const result = readStatementFile(mutations.reduce(mutate, bytes))
      if (!result.ok) expect(result.error.code).toMatch(/^feed\//)
      else
        for (const line of result.value.statements.flatMap(({ lines }) => lines)) {
          expect(Number.isSafeInteger(line.amountMinor) && line.amountMinor >= 0).toBe(true)
          expect(line.bookedOn ?? '2000-01-01').toMatch(/^\d{4}-\d{2}-\d{2}$/)
        }
    }),
    { seed, numRuns: 10_000 },
  )
  expect(performance.now() - startedAtMs).toBeLessThan(60_000)
}, 90_000)

test('[T9] long runs of the characters that the patterns look for stay quick', { timeout: 120_000 }, () => {
  const runs = ['/IBAN/', '?20', 'EREF+', '<?xml ', '&#1;', ':61:', 'xmlns=', '//', '-', '\n', ' '].map((part) => part.repeat(200_000 / part.length))
  for (const run of runs) {
    const startedAtMs = performance.now()
    readStatementFile(
      new TextEncoder().encode(
        `:20:A\n:25:${run}\n:28C:1/1\n:60F:C260101EUR0,\n:61:260101C1,NTRF${run}\n${Array.from({ length: 50_000 }, (_, i) => `q${i}`).join('\n')}\n:86:166?20${run}\n:86:/TRTP/${run}\n:62F:C260101EUR1,\n`,
      ),
    )
    readStatementFile(new TextEncoder().encode(`<Document xmlns="${run}"><BkToCstmrStmt>${run}</BkToCstmrStmt></Document>`))
    expect(performance.now() - startedAtMs).toBeLessThan(10_000)
  }
})
