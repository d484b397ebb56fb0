import Holidays from 'date-holidays'
import type { LocalDate } from '../../shared/lib/local-date.ts'

const daysByYear = new Map<string, ReadonlySet<LocalDate>>()

function holidaysOf(country: string, year: string): ReadonlySet<LocalDate> {
  const key = `${country} ${year}`
  const known = daysByYear.get(key)
  if (known) return known
  const listed = new Holidays(country).getHolidays(Number(year)) ?? []
  const days = new Set(listed.filter((h) => h.type === 'public').map((h) => h.date.slice(0, 10)))
  daysByYear.set(key, days)
  return days
}

/** Whether a day is a public holiday all over a country (ISO 3166-1 alpha-2); an unknown country has none. */
export const isPublicHoliday =
  (country: string) =>
  (on: LocalDate): boolean =>
    holidaysOf(country, on.slice(0, 4)).has(on)
