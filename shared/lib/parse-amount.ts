import { minorDigits, parseDecimalToMinor } from './money.ts'

export type Language = 'en' | 'de' | 'hu'
export interface ParsedAmount {
  readonly amountMinor: number
  readonly currency: string
}

/** Currency words and signs as people type them; folded to lower case, dots off. */
const CURRENCY_WORDS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  euró: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  dollár: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pounds: 'GBP',
  font: 'GBP',
  pfund: 'GBP',
  chf: 'CHF',
  franken: 'CHF',
  frank: 'CHF',
  fr: 'CHF',
  ft: 'HUF',
  huf: 'HUF',
  forint: 'HUF',
  jpy: 'JPY',
  '¥': 'JPY',
}
/** Powers of ten, also of words without their accents: 'Mrd' and 'milliárd' are 10^9, an English 'bn' too; 'e' is a Hungarian thousand. */
const SCALE_WORDS: Readonly<Record<string, number>> = {
  k: 3,
  t: 3,
  tsd: 3,
  thousand: 3,
  tausend: 3,
  e: 3,
  ezer: 3,
  m: 6,
  mm: 6,
  mn: 6,
  mio: 6,
  mill: 6,
  million: 6,
  millions: 6,
  millionen: 6,
  millió: 6,
  millio: 6,
  bn: 9,
  b: 9,
  billion: 9,
  billions: 9,
  mrd: 9,
  milliarde: 9,
  milliarden: 9,
  milliárd: 9,
  milliard: 9,
  tn: 12,
  trillion: 12,
  trillions: 12,
  bio: 12,
  billionen: 12,
  billió: 12,
  billio: 12,
}
/** The same word counts otherwise: a German Billion is an English trillion, and what the Germans call Trillion nobody owns. */
const GERMAN_SCALE_WORDS: Readonly<Record<string, number>> = { billion: 12, trillion: 18 }

/**
 * Decimal text ('2000000.5') of a number as written in a language: '2,000,000.50', '2.000.000,50', '2 000 000,50', "2'000'000".
 * A single separator followed by exactly three digits is grouping, as in all three languages one writes thousands so;
 * null where the separators contradict each other.
 */
function toPlainDecimal(text: string, language: Language, hasScale: boolean): string | null {
  const compact = text.replace(/[\s'’\u00a0\u202f]/g, '')
  if (!/^\d[\d.,]*$/.test(compact)) return null
  const lastDot = compact.lastIndexOf('.')
  const lastComma = compact.lastIndexOf(',')
  if (lastDot >= 0 && lastComma >= 0) {
    const decimal = lastDot > lastComma ? '.' : ','
    const grouping = decimal === '.' ? ',' : '.'
    if (compact.indexOf(decimal) !== compact.lastIndexOf(decimal)) return null
    return compact.replaceAll(grouping, '').replace(',', '.')
  }
  const separator = lastDot >= 0 ? '.' : lastComma >= 0 ? ',' : null
  if (separator === null) return compact
  const parts = compact.split(separator)
  const isGrouped = parts.slice(1).every((p) => p.length === 3) && (parts[0]?.length ?? 0) <= 3
  const isOwnDecimal = separator === (language === 'en' ? '.' : ',')
  if (parts.length > 2) return isGrouped ? parts.join('') : null
  if (isGrouped && !(isOwnDecimal && hasScale)) return parts.join('')
  return parts.join('.')
}

/**
 * What an amount typed by a person means: `2m`, `2 Mio`, `2,5 M Ft`, `EUR 2'000'000`, `1.250.000,50`.
 * @param currency used where the text names none
 * @returns null where the text is not an amount above zero that a safe integer of minor units holds
 */
export function parseAmount(text: string, currency: string, language: Language): ParsedAmount | null {
  const match = /^\s*([^\d\s.,]+)?\s*(\d[\d.,'’\s\u00a0\u202f]*)\s*(.*?)\s*$/u.exec(text.toLowerCase())
  if (!match) return null
  const words = [match[1], ...(match[3] ?? '').split(/\s+|(?<=[a-zá-ű])(?=[€$£¥])/u)].filter(Boolean).map((w) => (w as string).replace(/\.+$/, ''))
  let found: string | null = null
  let exponent = 0
  for (const word of words) {
    const named = CURRENCY_WORDS[word] ?? (/^[a-z]{3}$/.test(word) && !(word in SCALE_WORDS) ? word.toUpperCase() : undefined)
    if (word in SCALE_WORDS && exponent === 0) exponent = ((language === 'de' ? GERMAN_SCALE_WORDS[word] : undefined) ?? SCALE_WORDS[word]) as number
    else if (named !== undefined && found === null) found = named
    else return null
  }
  const decimal = toPlainDecimal((match[2] ?? '').trim(), language, exponent > 0)
  return decimal === null ? null : scaled(decimal, exponent, found ?? currency)
}

function scaled(decimal: string, exponent: number, currency: string): ParsedAmount | null {
  const [whole = '', fraction = ''] = decimal.split('.')
  const shifted = `${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}.${fraction.slice(exponent)}`
  const minor = parseDecimalToMinor(shifted.endsWith('.') ? shifted.slice(0, -1) : shifted, currency)
  return minor.ok && minor.value > 0 && minorDigits(currency) >= 0 ? { amountMinor: minor.value, currency } : null
}
