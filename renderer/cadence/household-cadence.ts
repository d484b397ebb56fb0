import { type Cadence, cadenceOf } from '../../shared/domain/cadence/cadence.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { Household } from '../../shared/domain/household/household.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import { isPublicHoliday } from './public-holidays.ts'

interface Known {
  readonly household: Household
  readonly entries: readonly ContactEntry[]
  readonly todayOn: LocalDate
  readonly cadence: Cadence
}

const isSameRows = (a: readonly ContactEntry[], b: readonly ContactEntry[]): boolean => a === b || (a.length === b.length && a.every((row, i) => row === b[i]))

/**
 * Cadences by household, each computed anew only when its own rows or the day have changed: a list of 10,000
 * households asks again after every change of any row. One cache for one list of households.
 */
export function makeCadenceCache(): (household: Household, entries: readonly ContactEntry[], todayOn: LocalDate) => Cadence {
  const known = new Map<string, Known>()
  return (household, entries, todayOn) => {
    const last = known.get(household.id)
    if (last && last.household === household && last.todayOn === todayOn && isSameRows(last.entries, entries)) return last.cadence
    const cadence = cadenceOf({ household, entries, todayOn, isHoliday: isPublicHoliday(household.country) })
    known.set(household.id, { household, entries, todayOn, cadence })
    return cadence
  }
}

/** The cache that all screens of the window share. */
export const cadenceOfHousehold = makeCadenceCache()
