import { defineCommand } from '../../../commands/define-command.ts'
import { localDateOf } from '../../../lib/local-date.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { newClaimSchema, openClaim } from '../open-claim.ts'

/** Adds an outcome to a contact entry that is logged already. */
export const claimOutcome = defineCommand({
  name: 'outcome/claim',
  version: 1,
  schema: newClaimSchema.extend({ entryId: idField }),
  reads: (args) => [
    { table: 'contactEntries', id: args.entryId },
    { table: 'outcomeClaims', id: args.id },
    { table: 'verificationCases', id: args.id },
    ...(args.accountId ? [{ table: 'accounts', id: args.accountId } as const] : []),
  ],
  apply(tx, args, context) {
    const entry = tx.find('contactEntries', args.entryId)
    if (!entry) return refuse('access/not-found')
    if (entry.state === 'voided') return refuse('contact/voided')
    tx.put('contactEntries', { ...entry, claimIds: [...entry.claimIds, args.id] })
    return openClaim(tx, { ...args, householdId: entry.householdId, contactOn: localDateOf(entry.occurredAtMs, entry.zone) }, context)
  },
})
