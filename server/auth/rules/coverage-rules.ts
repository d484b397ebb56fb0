import { appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'

/** A supervisor also reaches a household that someone of the team covered once: else one whose coverages all ended were nobody's. */
const reaches = (householdId: string, standing: Standing): boolean =>
  standing.sees(householdId) || standing.rows.coveragesOf(householdId).some((c) => standing.people.supervises(standing.actor.id, c.colleagueId))

const mayDecide = (colleagueId: string, householdId: string, standing: Standing): boolean =>
  standing.people.supervises(standing.actor.id, colleagueId) || standing.supervisesHousehold(householdId)

export const coverageRules: Rules<'coverage/grant' | 'coverage/end' | 'initiative/add'> = {
  'coverage/grant': (args, standing) => {
    if (!reaches(args.householdId, standing)) return standing.seeing(args.householdId) ?? notFound
    const mayCover = standing.people.isSales(args.colleagueId) || standing.people.find(args.colleagueId)?.role === 'service'
    const isFit = standing.people.isActive(args.colleagueId) && mayCover
    return isFit && mayDecide(args.colleagueId, args.householdId, standing) ? null : appError('access/role')
  },
  'coverage/end': (args, standing) => {
    const coverage = standing.rows.find('coverages', args.id)
    if (!coverage) return notFound
    if (!reaches(coverage.householdId, standing)) return standing.seeing(coverage.householdId) ?? notFound
    return mayDecide(coverage.colleagueId, coverage.householdId, standing) ? null : appError('access/role')
  },
  'initiative/add': (args, standing) => (standing.people.isActive(args.ownerId) ? null : appError('access/not-found')),
}
