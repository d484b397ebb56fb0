import { expect, test } from 'vitest'
import { formatMoney } from './format-money.ts'

const plain = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')

test.each([
  [200_000_000, 'EUR', 'en-GB', 'EUR 2,000,000'],
  [200_000_000, 'EUR', 'de-DE', '2.000.000 EUR'],
  [200_000_000, 'HUF', 'hu-HU', '2 000 000 HUF'],
  [200_000_050, 'EUR', 'en-GB', 'EUR 2,000,000.50'],
  [-1_234, 'EUR', 'en-GB', '-EUR 12.34'.replace('-EUR ', 'EUR -')],
  [500, 'JPY', 'en-GB', 'EUR 500'.replace('EUR', 'JPY')],
  [1_500, 'KWD', 'en-GB', 'KWD 1.500'],
  [Number.MAX_SAFE_INTEGER, 'EUR', 'en-GB', 'EUR 90,071,992,547,409.91'],
])('writes %i %s for %s as %s', (minor, currency, locale, text) => {
  expect(plain(formatMoney(minor, currency, locale))).toBe(text)
})
