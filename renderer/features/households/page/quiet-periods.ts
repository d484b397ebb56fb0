import type { QuietPeriod } from '../../../../shared/domain/household/household.ts'
import { addDays, type LocalDate } from '../../../../shared/lib/local-date.ts'

/** Quiet periods that hold now or later. */
export const currentPeriods = (periods: readonly QuietPeriod[], todayOn: LocalDate): readonly QuietPeriod[] => periods.filter((q) => q.toOn === null || q.toOn >= todayOn)

/** The periods with one lifted: it ends yesterday; one that has not begun goes altogether. */
export function liftPeriod(periods: readonly QuietPeriod[], lifted: QuietPeriod, todayOn: LocalDate): readonly QuietPeriod[] {
  return periods.flatMap((q) => {
    if (q !== lifted) return [q]
    return q.fromOn >= todayOn ? [] : [{ ...q, toOn: addDays(todayOn, -1) }]
  })
}
