/** 'YYYY-MM-DD' at the start of an ISO date or date-time (the bank's own day, whatever the zone), or null. */
export function dayOfIso(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.,]+)?(?:Z|[+-]\d{2}:?\d{2})?$/.exec(text)
  const day = match?.[1]
  return day !== undefined && isCalendarDay(day) ? day : null
}

/**
 * The day of a six-digit YYMMDD. Years 80–99 are 19xx. Some banks date values to 30 February (30-day interest
 * months), therefore a 29th–31st that the month lacks becomes its last day.
 */
export function dayOfYymmdd(text: string): string | null {
  if (!/^\d{6}$/.test(text)) return null
  const year = Number(text.slice(0, 2)) + (Number(text.slice(0, 2)) >= 80 ? 1900 : 2000)
  return dayOf(year, Number(text.slice(2, 4)), Number(text.slice(4, 6)))
}

/** The MMDD day nearest to `anchor`: an entry of 0102 with the value date 2024-12-31 was booked in 2025. */
export function dayOfMmddNear(text: string, anchor: string): string | null {
  if (!/^\d{4}$/.test(text)) return null
  const year = Number(anchor.slice(0, 4))
  const candidates = [year - 1, year, year + 1].map((y) => dayOf(y, Number(text.slice(0, 2)), Number(text.slice(2))))
  const distance = (day: string | null): number => (day === null ? Infinity : Math.abs(Date.parse(day) - Date.parse(anchor)))
  return candidates.reduce((best, day) => (distance(day) < distance(best) ? day : best), null)
}

function dayOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1, Math.min(day, lastDay))).toISOString().slice(0, 10)
}

function isCalendarDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`)
  return day >= '0001' && !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === day
}
