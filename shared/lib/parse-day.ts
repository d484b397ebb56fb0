import { foldText } from './fold-text.ts'
import { addDays, type LocalDate, weekdayOf } from './local-date.ts'
import type { Language } from './parse-amount.ts'

interface Words {
  readonly relative: Readonly<Record<string, number>>
  readonly weekdays: readonly (readonly string[])[] // Sunday first; folded, shortest unambiguous form first
  readonly months: readonly string[] // folded beginnings
  readonly units: Readonly<Record<string, 'day' | 'week' | 'month' | 'year'>>
  readonly numbers: Readonly<Record<string, number>>
  readonly span: RegExp // groups: count, unit
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    relative: { today: 0, tomorrow: 1, yesterday: -1 },
    weekdays: [['sun'], ['mon'], ['tue'], ['wed'], ['thu'], ['fri'], ['sat']],
    months: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
    units: { d: 'day', day: 'day', days: 'day', w: 'week', week: 'week', weeks: 'week', month: 'month', months: 'month', year: 'year', years: 'year' },
    numbers: { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, six: 6 },
    span: /^(?:in )?(\w+) ?(\w+)$/,
  },
  de: {
    relative: { heute: 0, morgen: 1, ubermorgen: 2, gestern: -1 },
    weekdays: [
      ['so', 'sonntag'],
      ['mo', 'montag'],
      ['di', 'dienstag'],
      ['mi', 'mittwoch'],
      ['do', 'donnerstag'],
      ['fr', 'freitag'],
      ['sa', 'samstag'],
    ],
    months: ['jan', 'feb', 'mar', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dez'],
    units: {
      t: 'day',
      tag: 'day',
      tage: 'day',
      tagen: 'day',
      w: 'week',
      woche: 'week',
      wochen: 'week',
      monat: 'month',
      monate: 'month',
      monaten: 'month',
      jahr: 'year',
      jahren: 'year',
    },
    numbers: { ein: 1, einem: 1, einer: 1, eine: 1, zwei: 2, drei: 3, vier: 4, sechs: 6 },
    span: /^(?:in )?(\w+) ?(\w+)$/,
  },
  hu: {
    relative: { ma: 0, holnap: 1, holnaputan: 2, tegnap: -1 },
    weekdays: [
      ['va', 'vasarnap'],
      ['he', 'hetfo'],
      ['ke', 'kedd'],
      ['sze', 'szerda'],
      ['cs', 'csutortok'],
      ['pe', 'pentek'],
      ['szo', 'szombat'],
    ],
    months: ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'szep', 'okt', 'nov', 'dec'],
    units: { n: 'day', nap: 'day', napon: 'day', nappal: 'day', het: 'week', hetet: 'week', honap: 'month', ho: 'month', ev: 'year' },
    numbers: { egy: 1, ket: 2, ketto: 2, harom: 3, negy: 4, hat: 6 },
    span: /^(\w+) ?(\w+?)(?: mulva)?$/,
  },
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** The day, or null where the calendar has no such one (31 April). */
function validDay(year: number, month: number, day: number): LocalDate | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` : null
}

function addMonths(on: LocalDate, count: number): LocalDate {
  const [year = 0, month = 1, day = 1] = on.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + count, 1))
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return `${first.getUTCFullYear()}-${pad(first.getUTCMonth() + 1)}-${pad(Math.min(day, last))}`
}

/** What a day without a year leans to: the nearest one (when something was), or the next one ahead (when it is due). */
export type Lean = 'nearest' | 'ahead'
interface Base {
  readonly todayOn: LocalDate
  readonly lean: Lean
}

/** A day and month without a year: the next one, or the nearest from half a year back to half a year ahead. */
function nearestYear({ todayOn, lean }: Base, month: number, day: number): LocalDate | null {
  const year = Number(todayOn.slice(0, 4))
  const candidates = [year - 1, year, year + 1].map((y) => validDay(y, month, day)).filter((d) => d !== null)
  const inReach = candidates.filter((d) => d >= addMonths(todayOn, -6) && d < addMonths(todayOn, 6))
  if (lean === 'ahead') return candidates.find((d) => d >= todayOn) ?? null
  return inReach[0] ?? candidates.find((d) => d >= todayOn) ?? null
}

function parseNumeric(text: string, base: Base, language: Language): LocalDate | null | undefined {
  const iso = /^(\d{4})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{1,2})\.?$/.exec(text)
  if (iso) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const full = /^(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})\.?$/.exec(text)
  if (full) return validDay(Number(full[3]) + (full[3]?.length === 2 ? 2000 : 0), Number(full[2]), Number(full[1]))
  const short = /^(\d{1,2})[./] ?(\d{1,2})\.?$/.exec(text)
  if (!short) return undefined
  const [a, b] = [Number(short[1]), Number(short[2])]
  return language === 'hu' ? nearestYear(base, a, b) : nearestYear(base, b, a)
}

function parseMonthName(text: string, base: Base, words: Words): LocalDate | null | undefined {
  const match = /^(?:(\d{4})\.? )?(?:(\d{1,2})(?:st|nd|rd|th|\.)? ?([a-z]{3,})|([a-z]{3,})\.? ?(\d{1,2})(?:st|nd|rd|th|\.)?)\.?,?(?: (\d{4}))?$/.exec(text)
  if (!match) return undefined
  const month = words.months.findIndex((m) => (match[3] ?? match[4] ?? '').startsWith(m)) + 1
  if (month === 0) return undefined
  const day = Number(match[2] ?? match[5])
  const year = match[1] ?? match[6]
  return year === undefined ? nearestYear(base, month, day) : validDay(Number(year), month, day)
}

function parseSpan(text: string, todayOn: LocalDate, words: Words): LocalDate | undefined {
  const match = words.span.exec(text) ?? /^(\d+) ?(\w)$/.exec(text)
  const count = words.numbers[match?.[1] ?? ''] ?? Number(match?.[1])
  const unit = words.units[match?.[2] ?? '']
  if (unit === undefined || !Number.isInteger(count) || Math.abs(count) > 1_000) return undefined
  if (unit === 'month' || unit === 'year') return addMonths(todayOn, unit === 'year' ? count * 12 : count)
  return addDays(todayOn, unit === 'week' ? count * 7 : count)
}

/** The coming such weekday, never today; 'next' (nächsten, jövő) is the one of the week after, where it is still this week. */
function parseWeekday(text: string, todayOn: LocalDate, words: Words, language: Language): LocalDate | undefined {
  const prefix = { en: 'next ', de: 'nachste', hu: 'jovo ' }[language]
  const isNext = text.startsWith(prefix)
  const name = text.replace(/^(next|nachste[nrs]?|jovo|am|on|this|diese[nr]?) /, '').replace(/\.$/, '')
  const index = words.weekdays.findIndex((forms) =>
    forms.some(
      (f) =>
        name === f || (name.length > 2 && (language === 'en' ? name : '').startsWith(f)) || (f.length > 2 && f.startsWith(name) && name.length >= 2) || name.startsWith(`${f}n`),
    ),
  )
  if (index === -1 || name.length < 2) return undefined
  const ahead = (index - weekdayOf(todayOn) + 7) % 7 || 7
  const staysThisWeek = ahead <= 7 - ((weekdayOf(todayOn) + 6) % 7) - 1
  return addDays(todayOn, isNext && staysThisWeek ? ahead + 7 : ahead)
}

/**
 * The day that a person means: `fri`, `in 2 weeks`, `2w`, `nov 12`, `12.11.`, `morgen`, `2 hét múlva`, `2026-11-12`.
 * Day before month, except Hungarian (month before day) and ISO.
 * @param todayOn the person's own calendar day
 * @param lean what `15 dec` means in January: last month ('nearest') or eleven months ahead
 * @returns null where the text names no day
 */
export function parseDay(text: string, todayOn: LocalDate, language: Language, lean: Lean = 'nearest'): LocalDate | null {
  const base: Base = { todayOn, lean }
  const folded = foldText(text)
    .replace(/^(by|bis|am|until|ig) /, '')
    .replace(/-?(ig|en|an)$/, (suffix) => (language === 'hu' && /\d/.test(text) ? '' : suffix))
  if (folded === '') return null
  const words = WORDS[language]
  const relative = words.relative[folded]
  if (relative !== undefined) return addDays(todayOn, relative)
  const numeric = parseNumeric(folded, base, language)
  if (numeric !== undefined) return numeric
  const named = parseMonthName(folded, base, words)
  if (named !== undefined) return named
  const dayLike = parseSpan(folded, todayOn, words) ?? parseWeekday(folded, todayOn, words, language)
  if (dayLike !== undefined) return dayLike
  return language === 'en' ? null : parseDay(text, todayOn, 'en', lean)
}
