import type { CommandContext, RowTransaction } from '../../commands/define-command.ts'
import type { AppError } from '../../errors/error-codes.ts'
import { ok, type Result } from '../../lib/result.ts'
import { refuse } from '../common/refuse.ts'
import { type FollowUp, followUpSchema } from './follow-up.ts'

/** A follow-up as it is made inside a contact entry or alone. */
export const newFollowUpSchema = followUpSchema.pick({ id: true, title: true, note: true, dueOn: true, remindAtMs: true, zone: true, assigneeId: true })

type NewFollowUp = Pick<FollowUp, 'id' | 'title' | 'note' | 'dueOn' | 'remindAtMs' | 'zone' | 'assigneeId' | 'householdId' | 'entryId'>

/** Puts a new open follow-up. Error: 'conflict/exists'. */
export function openFollowUp(tx: RowTransaction, followUp: NewFollowUp, context: CommandContext): Result<void, AppError> {
  if (tx.find('followUps', followUp.id)) return refuse('conflict/exists')
  tx.put('followUps', { ...followUp, authorId: context.actorId, state: 'open', doneAtMs: null })
  return ok(undefined)
}
