import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { ok } from '../../../lib/result.ts'
import { idField, reasonField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { isClaimOpen } from '../../outcome/outcome-claim.ts'
import { withdrawClaim } from '../../outcome/withdraw-claim.ts'

const schema = z.strictObject({ id: idField, reason: reasonField })

/** Voids an entry: it stays readable, counts for nothing; its open claims are withdrawn, its open follow-ups done. */
export const voidContact = defineCommand({
  name: 'contact/void',
  version: 1,
  schema,
  reads: (args, rows) => {
    const entry = rows.find('contactEntries', args.id)
    return [
      { table: 'contactEntries', id: args.id },
      ...(entry?.claimIds ?? []).flatMap((id) => [{ table: 'outcomeClaims', id } as const, { table: 'verificationCases', id } as const]),
      ...(entry?.followUpIds ?? []).map((id) => ({ table: 'followUps', id }) as const),
    ]
  },
  apply(tx, args, context) {
    const entry = tx.find('contactEntries', args.id)
    if (!entry) return refuse('access/not-found')
    if (entry.state === 'voided') return refuse('contact/voided')
    for (const claimId of entry.claimIds) {
      const claim = tx.find('outcomeClaims', claimId)
      if (!claim || claim.state === 'withdrawn') continue
      if (!isClaimOpen(claim.state)) return refuse('contact/has-decided-claim')
      withdrawClaim(tx, claim, args.reason, context)
    }
    for (const followUpId of entry.followUpIds) {
      const followUp = tx.find('followUps', followUpId)
      if (followUp?.state === 'open') tx.put('followUps', { ...followUp, state: 'done', doneAtMs: context.madeAtMs })
    }
    tx.put('contactEntries', { ...entry, state: 'voided', voidReason: args.reason })
    return ok(undefined)
  },
})
