import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'

const HOUR_MS = 3_600_000
/** An entry of the same day is not late. */
const LATE_AFTER_MS = 24 * HOUR_MS

/** How long after the contact's end it was logged; null where it was logged in time. */
export function lateBy(entry: Pick<ContactEntry, 'occurredAtMs' | 'lengthMinutes' | 'recordedAtMs'>): { readonly unit: 'hours' | 'days'; readonly count: number } | null {
  const delayMs = entry.recordedAtMs - entry.occurredAtMs - entry.lengthMinutes * 60_000
  if (delayMs <= LATE_AFTER_MS) return null
  const hours = Math.round(delayMs / HOUR_MS)
  return hours < 48 ? { unit: 'hours', count: hours } : { unit: 'days', count: Math.round(hours / 24) }
}
