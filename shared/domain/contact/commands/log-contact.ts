import { z } from 'zod'
import { type CommandContext, defineCommand, type RowTransaction } from '../../../commands/define-command.ts'
import type { AppError } from '../../../errors/error-codes.ts'
import { localDateOf } from '../../../lib/local-date.ts'
import { ok, type Result } from '../../../lib/result.ts'
import { idField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { newFollowUpSchema, openFollowUp } from '../../follow-up/open-follow-up.ts'
import { newClaimSchema, openClaim } from '../../outcome/open-claim.ts'
import { type ContactEntry, contactStatementSchema } from '../contact-entry.ts'
import { checkStatement } from '../contact-rules.ts'

const schema = contactStatementSchema.extend({
  id: idField,
  householdId: idField,
  followUps: z.array(newFollowUpSchema).max(20),
  claims: z.array(newClaimSchema).max(20),
})
type Args = z.output<typeof schema>

function addParts(tx: RowTransaction, entry: Omit<ContactEntry, 'rev'>, args: Args, context: CommandContext): Result<void, AppError> {
  for (const followUp of args.followUps) {
    const opened = openFollowUp(tx, { ...followUp, householdId: entry.householdId, entryId: entry.id }, context)
    if (!opened.ok) return opened
  }
  if (args.claims.length === 0) return ok(undefined)
  const contactOn = localDateOf(entry.occurredAtMs, entry.zone)
  for (const claim of args.claims) {
    const opened = openClaim(tx, { ...claim, householdId: entry.householdId, entryId: entry.id, contactOn }, context)
    if (!opened.ok) return opened
  }
  return ok(undefined)
}

/** Logs a contact with everything that came of it: follow-ups and claims, in one piece. */
export const logContact = defineCommand({
  name: 'contact/log',
  version: 1,
  schema,
  reads: (args) => [
    { table: 'contactEntries', id: args.id },
    { table: 'households', id: args.householdId },
    ...args.personIds.map((id) => ({ table: 'persons', id }) as const),
    ...args.followUps.map(({ id }) => ({ table: 'followUps', id }) as const),
    ...args.claims.flatMap((claim) => [
      { table: 'outcomeClaims', id: claim.id } as const,
      { table: 'verificationCases', id: claim.id } as const,
      ...(claim.accountId ? [{ table: 'accounts', id: claim.accountId } as const] : []),
    ]),
  ],
  apply(tx, args, context) {
    if (tx.find('contactEntries', args.id)) return refuse('conflict/exists')
    const { followUps, claims, ...statement } = args
    const checked = checkStatement(tx, args.householdId, statement, context)
    if (!checked.ok) return checked
    const entry: Omit<ContactEntry, 'rev'> = {
      ...statement,
      authorId: context.actorId,
      recordedAtMs: context.madeAtMs,
      receivedAtMs: context.receivedAtMs,
      state: 'active',
      voidReason: null,
      versions: [],
      followUpIds: followUps.map((f) => f.id),
      claimIds: claims.map((c) => c.id),
    }
    tx.put('contactEntries', entry)
    return addParts(tx, entry, args, context)
  },
})
