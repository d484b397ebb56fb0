import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import type { Rules } from '../can.ts'
import { notFound, type Standing } from '../standing.ts'

/** Whoever promises may do it themselves; anyone else has to cover the household. */
export function checkAssignee(assigneeId: string, householdId: string, standing: Standing): AppError | null {
  const isFit = assigneeId === standing.actor.id || (standing.people.isActive(assigneeId) && standing.covers(assigneeId, householdId))
  return isFit ? null : appError('follow-up/assignee')
}

/** Assignee, author, the household's lead and supervisors change a follow-up. */
function checkChange({ id }: { readonly id: string }, standing: Standing): AppError | null {
  const followUp = standing.rows.find('followUps', id)
  if (!followUp) return notFound
  const hidden = standing.seeingPart('followUps', followUp)
  if (hidden) return hidden
  const isTheirs = [followUp.assigneeId, followUp.authorId].includes(standing.actor.id)
  return isTheirs || standing.leads(followUp.householdId) || standing.supervisesHousehold(followUp.householdId) ? null : appError('access/not-author')
}

export const followUpRules: Rules<'follow-up/add' | 'follow-up/complete' | 'follow-up/reopen' | 'follow-up/snooze' | 'follow-up/reassign'> = {
  'follow-up/add': (args, standing) => standing.seeing(args.householdId) ?? checkAssignee(args.assigneeId, args.householdId, standing),
  'follow-up/complete': checkChange,
  'follow-up/reopen': checkChange,
  'follow-up/snooze': checkChange,
  'follow-up/reassign': (args, standing) => {
    const refusal = checkChange(args, standing)
    const followUp = standing.rows.find('followUps', args.id)
    const assigneeId = args.edits.assigneeId?.to
    if (refusal || !followUp || assigneeId === undefined) return refusal
    const isFit = standing.people.isActive(assigneeId) && standing.covers(assigneeId, followUp.householdId)
    return isFit ? null : appError('follow-up/assignee')
  },
}
