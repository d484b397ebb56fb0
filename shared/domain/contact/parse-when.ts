import { foldText } from '../../lib/fold-text.ts'
import { addDays, type LocalDate } from '../../lib/local-date.ts'
import type { Language } from '../../lib/parse-amount.ts'
import { parseDay } from '../../lib/parse-day.ts'
import { type ClockTime, instantOf, wallClockOf } from '../../lib/zoned-time.ts'

const AGO = /^(?:vor )?(\d{1,3}) ?(m|min|minutes?|minuten|perc|p|h|hours?|std|stunden?|ora)(?:e|vel ezelott|je)?\.?(?: ago| ezelott)?$/
const HOURS = /^(h|hour|std|stunde|ora)/
/** A time at the end of the text; an hour alone needs a word or sign that says so. */
const TIME = /(?:^|[ ,])(?:at |um |@ ?)?(?:(\d{1,2})[:.](\d{2})(?: ?(am|pm|uhr|h|-?kor|ora))?|(\d{1,2}) ?(am|pm|uhr|h|-?kor|ora(?:kor)?))$/
const TOMORROW = ['tomorrow', 'morgen', 'holnap', 'ubermorgen', 'holnaputan']

function clockTime(match: RegExpExecArray): ClockTime | null {
  const suffix = match[3] ?? match[5]
  const typed = Number(match[1] ?? match[4])
  const hour = suffix === 'pm' && typed < 12 ? typed + 12 : suffix === 'am' && typed === 12 ? 0 : typed
  const minute = Number(match[2] ?? 0)
  return hour > 23 || minute > 59 ? null : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** A contact lies behind us: 'fri' is the last Friday, not the next. */
function pastDay(text: string, todayOn: LocalDate, language: Language): LocalDate | null {
  const on = parseDay(text.replace(/^(last|letzten?|letzter|mult) /, ''), todayOn, language)
  const isWeekday = on !== null && on > todayOn && on <= addDays(todayOn, 14) && !/\d/.test(text) && !TOMORROW.includes(text)
  if (!isWeekday) return on
  return addDays(on, on > addDays(todayOn, 7) ? -14 : -7)
}

/**
 * When a contact took place, as typed: '' (now), `14:20`, `3pm`, `20 min ago`, `yesterday 15:30`, `fri`, `gestern 9 Uhr`,
 * `tegnap 9:00`. A day without a time is its noon, today's without a time is now.
 * @returns milliseconds since 1970, or null where the text is not understood
 */
export function parseWhen(text: string, nowMs: number, zone: string, language: Language): number | null {
  const folded = foldText(text).replaceAll(',', ' ').replace(/\s+/g, ' ').trim()
  if (folded === '' || ['now', 'jetzt', 'most'].includes(folded)) return nowMs
  const ago = AGO.exec(folded)
  if (ago && (/ago|vor|e$|ezelott|je$/.test(folded) || folded.startsWith('vor'))) return nowMs - Number(ago[1]) * (HOURS.test(ago[2] ?? '') ? 3_600_000 : 60_000)
  const todayOn = wallClockOf(nowMs, zone).on
  const match = TIME.exec(folded)
  const isSurelyTime = match !== null && (match[0].includes(':') || match[3] !== undefined || match[5] !== undefined)
  const wholeDay = isSurelyTime ? null : pastDay(folded, todayOn, language)
  if (wholeDay !== null) return wholeDay === todayOn ? nowMs : instantOf(wholeDay, '12:00', zone)
  const time = match ? clockTime(match) : null
  if (match === null || time === null) return null
  const dayText = folded.slice(0, match.index).trim()
  const on = dayText === '' ? todayOn : pastDay(dayText, todayOn, language)
  return on === null ? null : instantOf(on, time, zone)
}
