import { err, ok, type Result } from './result.ts'

/** Currencies whose minor unit is not a hundredth (ISO 4217, 2024 list); every other has 2 digits. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

/** Decimal digits of a currency's minor unit: 2 for EUR and HUF, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2

export type MoneyError = { readonly code: 'money/malformed' } | { readonly code: 'money/too-large' } | { readonly code: 'money/too-precise' }

/**
 * Minor units of a plain decimal such as '2000000.50' (a '.' or ',' before the fraction, optional sign, no grouping).
 * Exact: digits only, never a float. Trailing zeros beyond the currency's digits are accepted ('1.500' EUR → 150).
 */
export function parseDecimalToMinor(text: string, currency: string): Result<number, MoneyError> {
  const match = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim())
  if (!match || !(match[2] || match[3])) return err({ code: 'money/malformed' })
  const digits = minorDigits(currency)
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > digits) return err({ code: 'money/too-precise' })
  const minor = Number(`${match[2]}${fraction.padEnd(digits, '0')}` || '0')
  if (!Number.isSafeInteger(minor)) return err({ code: 'money/too-large' })
  return ok(match[1] === '-' && minor !== 0 ? -minor : minor)
}

/** Plain decimal of minor units, '.' before the fraction: 200000050 EUR → '2000000.50'. For files and forms, not for screens. */
export function minorToDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  const text = String(Math.abs(minor)).padStart(digits + 1, '0')
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return minor < 0 ? `-${whole}` : whole
}
