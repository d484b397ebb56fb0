import type { LocalDate } from './local-date.ts'

/** Clock time 'HH:MM', 24 hours. */
export type ClockTime = string

/** '9', '9:30', '14.30', '1430' → 'HH:MM'; null where it is no time of day. */
export function parseClockTime(text: string): ClockTime | null {
  const match = /^(\d{1,2})(?:[:.h ]?(\d{2}))?$/.exec(text.trim())
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? 0)]
  return match && hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : null
}

interface WallClock {
  readonly on: LocalDate
  readonly time: ClockTime
}

/** Making a formatter costs far more than using it, so each zone's is kept. */
const clockFormats = new Map<string, Intl.DateTimeFormat>()

function clockFormatOf(timeZone: string): Intl.DateTimeFormat {
  const known = clockFormats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clockFormats.set(timeZone, made)
  return made
}

/** What calendar and clock show in `zone` at an instant. Throws RangeError on an unknown zone. */
export function wallClockOf(atMs: number, zone: string): WallClock {
  const part = Object.fromEntries(
    clockFormatOf(zone)
      .formatToParts(new Date(atMs))
      .map((p) => [p.type, p.value]),
  )
  return { on: `${part['year']}-${part['month']}-${part['day']}`, time: `${part['hour']}:${part['minute']}` }
}

/** Milliseconds that the clock in `zone` is ahead of UTC at an instant, to the minute. */
function offsetMs(atMs: number, zone: string): number {
  const { on, time } = wallClockOf(atMs, zone)
  return Date.parse(`${on}T${time}:00Z`) - Math.floor(atMs / 60_000) * 60_000
}

/**
 * The instant at which calendar and clock in `zone` show a day and time. Where the clock is put back the earlier of
 * the two; a time that it skips in spring counts from before the jump (02:30 → 03:30).
 */
export function instantOf(on: LocalDate, time: ClockTime, zone: string): number {
  const asUtcMs = Date.parse(`${on}T${time}:00Z`)
  const candidates = [asUtcMs - offsetMs(asUtcMs - 86_400_000, zone), asUtcMs - offsetMs(asUtcMs + 86_400_000, zone)]
  const exact = candidates.filter((atMs) => atMs + offsetMs(atMs, zone) === asUtcMs)
  return exact.length > 0 ? Math.min(...exact) : (candidates[0] ?? asUtcMs)
}
