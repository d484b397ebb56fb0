import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { idField, reasonField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { isClaimOpen } from '../outcome-claim.ts'
import { withdrawClaim } from '../withdraw-claim.ts'

/** The maker takes an undecided claim back. */
export const withdrawOutcome = defineCommand({
  name: 'outcome/withdraw',
  version: 1,
  schema: z.strictObject({ id: idField, reason: reasonField }),
  reads: (args) => [
    { table: 'outcomeClaims', id: args.id },
    { table: 'verificationCases', id: args.id },
  ],
  apply(tx, args, context) {
    const claim = tx.find('outcomeClaims', args.id)
    if (!claim) return refuse('access/not-found')
    if (!isClaimOpen(claim.state)) return refuse('outcome/decided')
    withdrawClaim(tx, claim, args.reason, context)
    return ok(undefined)
  },
})
