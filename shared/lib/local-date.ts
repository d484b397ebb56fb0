/** Calendar days as 'YYYY-MM-DD' text: no zone, no clock. Compare them with < and >. */
export type LocalDate = string

const DAY_MS = 86_400_000
const toUtcMs = (day: LocalDate): number => Date.parse(`${day}T00:00:00Z`)
const fromUtcMs = (ms: number): LocalDate => new Date(ms).toISOString().slice(0, 10)

/** Making a formatter costs far more than using it, so each zone's is kept. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

function dayFormatOf(timeZone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(timeZone, made)
  return made
}

/** The day `count` days after (before, where negative) `day`. */
export const addDays = (day: LocalDate, count: number): LocalDate => fromUtcMs(toUtcMs(day) + count * DAY_MS)

/** Whole days from `from` to `to`; negative where `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => Math.round((toUtcMs(to) - toUtcMs(from)) / DAY_MS)

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: LocalDate): number => new Date(toUtcMs(day)).getUTCDay()

const isWeekend = (day: LocalDate): boolean => weekdayOf(day) % 6 === 0

/**
 * The calendar day on which an instant falls for a person in `timeZone`.
 * @param atMs milliseconds since 1970, UTC
 * @param timeZone IANA name, for example 'Europe/Budapest'; throws RangeError on an unknown one
 */
export function localDateOf(atMs: number, timeZone: string): LocalDate {
  return dayFormatOf(timeZone).format(atMs)
}

/** The day itself or, where it is a weekend or a holiday, the next working day; gives up after 30 days. */
export function nextWorkingDay(day: LocalDate, isHoliday: (day: LocalDate) => boolean): LocalDate {
  let candidate = day
  for (let i = 0; i < 30 && (isWeekend(candidate) || isHoliday(candidate)); i++) candidate = addDays(candidate, 1)
  return candidate
}
