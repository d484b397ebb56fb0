import { z } from 'zod'
import { defineCommand } from '../../../commands/define-command.ts'
import { applyEdits, editsOf } from '../../../commands/edits.ts'
import { ok } from '../../../lib/result.ts'
import { idField, textField } from '../../common/fields.ts'
import { refuse } from '../../common/refuse.ts'
import { checkClaim, newClaimSchema } from '../open-claim.ts'
import { claimHistoryMax, isClaimOpen } from '../outcome-claim.ts'

const { id: _id, kind: _kind, ...editable } = newClaimSchema.shape
const schema = z.strictObject({ id: idField, edits: editsOf(editable), answer: textField(1_000).nullable() })

/** The maker changes an undecided claim or answers the controller's question; proposals and approvals start anew. */
export const editClaim = defineCommand({
  name: 'outcome/edit',
  version: 1,
  schema,
  reads: (args, rows) => {
    const accountId = args.edits.accountId?.to ?? rows.find('outcomeClaims', args.id)?.accountId
    return [{ table: 'outcomeClaims', id: args.id }, { table: 'verificationCases', id: args.id }, ...(accountId ? [{ table: 'accounts', id: accountId } as const] : [])]
  },
  apply(tx, args, context) {
    const claim = tx.find('outcomeClaims', args.id)
    if (!claim) return refuse('access/not-found')
    if (!isClaimOpen(claim.state)) return refuse('outcome/decided')
    if (claim.history.length >= claimHistoryMax.byMaker) return refuse('command/malformed', { path: 'history', problem: 'too-long' })
    const edited = applyEdits(claim, args.edits)
    if (!edited.ok) return edited
    const checked = checkClaim(tx, edited.value)
    if (!checked.ok) return checked
    const event = { atMs: context.madeAtMs, byId: context.actorId, what: 'edited', amountMinor: edited.value.claimedMinor, text: args.answer } as const
    tx.put('outcomeClaims', { ...edited.value, state: claim.kind === 'pledge' ? 'pledged' : 'claimed', question: null, history: [...claim.history, event] })
    const opened = tx.find('verificationCases', args.id)
    if (opened) tx.put('verificationCases', { ...opened, proposals: [] })
    return ok(undefined)
  },
})
