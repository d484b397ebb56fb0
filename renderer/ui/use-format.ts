import { useMemo } from 'react'
import { daysBetween, type LocalDate, localDateOf } from '../../shared/lib/local-date.ts'
import { localeOf } from '../i18n/languages.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { formatMoney } from './format-money.ts'
import { type Clock, useClock } from './use-clock.ts'

export interface Format {
  /** 'EUR 2,000,000' */
  money(minor: number, currency: string): string
  /** '12 Nov', with the year where it is not this year. */
  day(on: LocalDate): string
  /** 'Thursday, 12 November 2026' */
  dayLong(on: LocalDate): string
  /** '12 Nov, 14:05' in `zone` (default: this laptop's). */
  instant(atMs: number, zone?: string): string
  /** 'today', 'in 3 days', '2 weeks ago' */
  relativeDay(on: LocalDate): string
  /** 'now', '5 minutes ago', 'yesterday' */
  relativeInstant(atMs: number): string
  number(value: number): string
  /** '33.33%' of 3,333 basis points. */
  share(bp: number): string
  /** How a share is typed: '33,33 %' has the decimal ',' and the suffix ' %'. */
  readonly shareSigns: { readonly decimal: string; readonly suffix: string }
}

const utcNoon = (on: LocalDate): Date => new Date(`${on}T12:00:00Z`)
const withYear = (isThisYear: boolean) => (isThisYear ? {} : ({ year: 'numeric' } as const))

function makeDayFormat(locale: string, todayOn: LocalDate) {
  const day = (isThisYear: boolean) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC', ...withYear(isThisYear) })
  const thisYear = day(true)
  const otherYear = day(false)
  return (on: LocalDate) => (on.slice(0, 4) === todayOn.slice(0, 4) ? thisYear : otherYear).format(utcNoon(on))
}

/** Days up to two weeks, then weeks, months and years. */
export function makeRelativeDay(locale: string, todayOn: LocalDate) {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return (on: LocalDate) => {
    const days = daysBetween(todayOn, on)
    const size = Math.abs(days)
    if (size < 14) return relative.format(days, 'day')
    if (size < 60) return relative.format(Math.trunc(days / 7), 'week')
    if (size < 730) return relative.format(Math.round(days / 30.44), 'month') // from 2 on: 60 days ahead are never 'next month'
    return relative.format(Math.round(days / 365.25), 'year')
  }
}

/** Minutes and hours of the last day, then the calendar's days: what was at 21:00 on Monday was not 'yesterday' on Wednesday morning. */
export function makeRelativeInstant(locale: string, nowMs: number, todayOn: LocalDate, zone: string) {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const relativeDay = makeRelativeDay(locale, todayOn)
  return (atMs: number) => {
    const minutes = Math.round((atMs - nowMs) / 60_000)
    if (Math.abs(minutes) < 1) return relative.format(0, 'second')
    if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
    const hours = Math.round(minutes / 60)
    return Math.abs(hours) < 24 ? relative.format(hours, 'hour') : relativeDay(localDateOf(atMs, zone))
  }
}

/** Making a formatter costs far more than using it, so each is kept. */
const instantFormats = new Map<string, Intl.DateTimeFormat>()

function instantFormatOf(locale: string, zone: string | undefined, isThisYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${zone ?? ''} ${isThisYear}`
  const known = instantFormats.get(key)
  if (known) return known
  const options = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...withYear(isThisYear), ...(zone ? { timeZone: zone } : {}) } as const
  const made = new Intl.DateTimeFormat(locale, options)
  instantFormats.set(key, made)
  return made
}

function signsOf(percent: Intl.NumberFormat): Format['shareSigns'] {
  const parts = percent.formatToParts(0.1225)
  const suffix = parts.slice(parts.findLastIndex(({ type }) => type === 'fraction') + 1)
  return { decimal: parts.find(({ type }) => type === 'decimal')?.value ?? '.', suffix: suffix.map(({ value }) => value).join('') }
}

/** Writes in a locale such as 'de-DE', seen at a moment. */
export function makeFormat(locale: string, { todayOn, nowMs, zone }: Clock): Format {
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const thisYear = todayOn.slice(0, 4)
  return {
    money: (minor, currency) => formatMoney(minor, currency, locale),
    day: makeDayFormat(locale, todayOn),
    dayLong: (on) => long.format(utcNoon(on)),
    instant: (atMs, inZone) => instantFormatOf(locale, inZone, localDateOf(atMs, inZone ?? zone).startsWith(thisYear)).format(atMs),
    relativeDay: makeRelativeDay(locale, todayOn),
    relativeInstant: makeRelativeInstant(locale, nowMs, todayOn, zone),
    number: (value) => number.format(value),
    share: (bp) => percent.format(bp / 10_000),
    shareSigns: signsOf(percent),
  }
}

/** Every line of a list asks: all share the one of this minute. */
let latest: { readonly key: string; readonly format: Format } | null = null

/** Writes money, days and instants in the language on the screen. */
export function useFormat(): Format {
  const locale = localeOf(useLanguage())
  const clock = useClock()
  return useMemo(() => {
    const key = `${locale} ${clock.todayOn} ${clock.nowMs} ${clock.zone}`
    if (latest?.key !== key) latest = { key, format: makeFormat(locale, clock) }
    return latest.format
  }, [locale, clock])
}
