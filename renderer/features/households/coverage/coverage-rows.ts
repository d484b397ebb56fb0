import { type Coverage, isCoverageActive } from '../../../../shared/domain/coverage/coverage.ts'
import type { LocalDate } from '../../../../shared/lib/local-date.ts'

const ROLES: readonly Coverage['role'][] = ['lead', 'specialist', 'banker', 'associate', 'service']

export interface CoverageGroups {
  readonly current: readonly Coverage[] // now or later: the lead first
  readonly past: readonly Coverage[] // the latest first
}

/** A coverage that was taken back before it began (its last day lies before its first) is in neither. */
export function groupCoverages(coverages: readonly Coverage[], todayOn: LocalDate): CoverageGroups {
  const effective = coverages.filter((c) => c.toOn === null || c.toOn >= c.fromOn)
  const isCurrent = (c: Coverage) => isCoverageActive(c, todayOn) || c.fromOn > todayOn
  return {
    current: effective.filter(isCurrent).toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.fromOn.localeCompare(b.fromOn)),
    past: effective.filter((c) => !isCurrent(c)).toSorted((a, b) => (b.toOn ?? '').localeCompare(a.toOn ?? '')),
  }
}
