import { useSyncExternalStore } from 'react'
import { type Cadence, cadenceOf } from '../../shared/domain/cadence/cadence.ts'
import type { Household } from '../../shared/domain/household/household.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import type { EntryFacts } from '../db/entry-facts.ts'

export type CadenceOf = (household: Household, entries: readonly EntryFacts[], todayOn: LocalDate) => Cadence
type HolidaysOf = (country: string) => (on: LocalDate) => boolean

interface Known {
  readonly household: Household
  readonly entries: readonly EntryFacts[]
  readonly todayOn: LocalDate
  readonly cadence: Cadence
}

const isSameRows = (a: readonly EntryFacts[], b: readonly EntryFacts[]): boolean => a === b || (a.length === b.length && a.every((row, i) => row === b[i]))

/**
 * Cadences by household, each computed anew only when its own rows or the day have changed: a list of 10,000
 * households asks again after every change of any row. One cache for one list of households.
 */
export function makeCadenceCache(holidaysOf: HolidaysOf): CadenceOf {
  const known = new Map<string, Known>()
  return (household, entries, todayOn) => {
    const last = known.get(household.id)
    if (last && last.household === household && last.todayOn === todayOn && isSameRows(last.entries, entries)) return last.cadence
    const cadence = cadenceOf({ household, entries, todayOn, isHoliday: holidaysOf(household.country) })
    known.set(household.id, { household, entries, todayOn, cadence })
    return cadence
  }
}

/** The cache that all screens of the window share; another one once the holidays are known. */
let shared = makeCadenceCache(() => () => false)
const listeners = new Set<() => void>()

/**
 * Fetches the public holidays of all countries, which are larger than everything else of the page together. Until they
 * are here, days count as due although they are holidays. Call it when the first screen stands.
 */
export async function loadHolidays(): Promise<void> {
  const { isPublicHoliday } = await import('./public-holidays.ts')
  shared = makeCadenceCache(isPublicHoliday)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Computes cadences; another function, and with it a new render, when the holidays arrive. */
export const useCadenceOf = (): CadenceOf => useSyncExternalStore(subscribe, () => shared)
