import { createContext, useContext } from 'react'
import type { LocalDate } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'

export interface Clock {
  readonly nowMs: number // moves once a minute
  readonly todayOn: LocalDate
  readonly zone: string // IANA name
}

export const ClockContext = createContext<Clock | null>(null)

/** The time that screens reckon with. Only `ClockProvider` reads the wall clock for them. */
export function useClock(): Clock {
  return must(useContext(ClockContext), 'ClockProvider')
}
