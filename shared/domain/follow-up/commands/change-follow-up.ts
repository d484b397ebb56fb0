import { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import type { AppError, ErrorCode } from '../../../errors/error-codes.ts'
import { ok, type Result } from '../../../lib/result.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { type FollowUp, followUpSchema } from '../follow-up.ts'

type Change<A> = (followUp: FollowUp, args: A, context: CommandContext) => Result<FollowUp, AppError>

/** A command that changes one follow-up in one state. */
function changeCommand<N extends string, S extends z.ZodType<{ id: string }>>(name: N, schema: S, state: FollowUp['state'], otherwise: ErrorCode, change: Change<z.output<S>>) {
  return defineCommand({
    name,
    version: 1,
    schema,
    reads: (args) => [{ table: 'followUps', id: args.id }],
    apply(tx, args, context) {
      const followUp = tx.find('followUps', args.id)
      if (!followUp) return refuse('access/not-found')
      if (followUp.state !== state) return refuse(otherwise)
      const changed = change(followUp, args, context)
      if (!changed.ok) return changed
      tx.put('followUps', changed.value)
      return ok(undefined)
    },
  })
}

const byId = z.strictObject({ id: idField })
const snoozeSchema = z.strictObject({ id: idField, edits: editsOf(followUpSchema.pick({ dueOn: true, remindAtMs: true }).shape) })
const reassignSchema = z.strictObject({ id: idField, edits: editsOf(followUpSchema.pick({ assigneeId: true }).shape) })

export const completeFollowUp = changeCommand('follow-up/complete', byId, 'open', 'follow-up/done', (f, _args, context) =>
  ok({ ...f, state: 'done' as const, doneAtMs: context.madeAtMs }),
)

/** The inverse of completing. */
export const reopenFollowUp = changeCommand('follow-up/reopen', byId, 'done', 'follow-up/not-done', (f) => ok({ ...f, state: 'open' as const, doneAtMs: null }))

/** Moves day and reminder; snoozing back is its inverse. */
export const snoozeFollowUp = changeCommand('follow-up/snooze', snoozeSchema, 'open', 'follow-up/done', (f, args) => applyEdits(f, args.edits))

/** Hands it to someone else who covers the household; handing it back is its inverse. */
export const reassignFollowUp = changeCommand('follow-up/reassign', reassignSchema, 'open', 'follow-up/done', (f, args) => applyEdits(f, args.edits))
