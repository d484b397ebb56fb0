import { canRoleUse } from '../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { type Coverage, isCoverageActive } from '../../shared/domain/coverage/coverage.ts'
import type { LocalDate } from '../../shared/lib/local-date.ts'

/** Colleagues who cover a household on a day, the lead first. */
export function coveringIdsOf(coverages: readonly Coverage[], todayOn: LocalDate): readonly string[] {
  const leadFirst = coverages.filter((c) => isCoverageActive(c, todayOn)).toSorted((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'))
  return [...new Set(leadFirst.map((c) => c.colleagueId))]
}

/** Whom of them an outcome may be credited to: client service covers households too, but is not paid for outcomes. */
export const creditableOf = (coveringIds: readonly string[], find: (id: string) => Colleague | undefined): readonly string[] =>
  coveringIds.filter((id) => {
    const colleague = find(id)
    return colleague !== undefined && canRoleUse(colleague.role, 'outcome/claim')
  })

/** Who gets the credit at first: the author, or the lead where the author does not cover the household. */
export const creditedFirst = (coveringIds: readonly string[], selfId: string): string => (coveringIds.includes(selfId) ? selfId : (coveringIds[0] ?? selfId))
