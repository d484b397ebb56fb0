import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { idField, reasonField } from '../../common/fields.ts'
import { caseKeys, findOpenCase, record } from '../decide-claim.ts'

const schema = z.strictObject({ id: idField, reason: reasonField })

function verdictCommand<N extends string>(name: N, decision: 'rejected' | 'returned') {
  return defineCommand({
    name,
    version: 1,
    schema,
    reads: (args) => caseKeys(args.id),
    apply(tx, args, context) {
      const found = findOpenCase(tx, args.id, context.actorId)
      if (!found.ok) return found
      const { claim, opened } = found.value
      const atMs = context.receivedAtMs ?? context.madeAtMs
      const verdict = { decision, byId: context.actorId, atMs, reason: args.reason, amountMinor: 0, evidence: [], letterSha256: null }
      return record(tx, claim, opened, verdict, decision)
    },
  })
}

/** A controller finds that the claim does not hold. */
export const rejectClaim = verdictCommand('verification/reject', 'rejected')

/** A controller sends the claim back to its maker with a question. */
export const returnClaim = verdictCommand('verification/return', 'returned')
