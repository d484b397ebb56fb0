import { minorDigits, minorToDecimal } from '../../shared/lib/money.ts'

const formatters = new Map<string, Intl.NumberFormat>()

function formatterOf(locale: string, currency: string, hasCents: boolean): Intl.NumberFormat {
  const key = `${locale} ${currency} ${hasCents}`
  const known = formatters.get(key)
  if (known) return known
  const digits = hasCents ? minorDigits(currency) : 0
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code', minimumFractionDigits: digits, maximumFractionDigits: digits })
  formatters.set(key, made)
  return made
}

export interface MoneyParts {
  readonly figure: string
  readonly currency: string
  readonly isCurrencyFirst: boolean
}

/**
 * Figure and currency as the locale orders them. Exact for every safe integer: the decimal text goes to Intl, never a
 * float. Whole amounts show no fraction.
 * @param minor minor units of `currency`
 */
export function moneyParts(minor: number, currency: string, locale: string): MoneyParts {
  const decimal = minorToDecimal(minor, currency)
  const hasCents = minor % 10 ** minorDigits(currency) !== 0
  const parts = formatterOf(locale, currency, hasCents).formatToParts(decimal as Intl.StringNumericLiteral)
  const figure = parts
    .filter((p) => p.type !== 'currency' && (p.type !== 'literal' || p.value.trim() !== ''))
    .map((p) => p.value)
    .join('')
  return { figure, currency, isCurrencyFirst: parts.findIndex((p) => p.type === 'currency') < parts.findIndex((p) => p.type === 'integer') }
}

/** 'EUR 2,000,000', '2.000.000 EUR', '2 000 000 HUF': parts joined by a space that does not break. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  const parts = moneyParts(minor, currency, locale)
  return parts.isCurrencyFirst ? `${parts.currency}\u00A0${parts.figure}` : `${parts.figure}\u00A0${parts.currency}`
}
