import type { CommandContext, RowTransaction } from '../../commands/define-command.ts'
import type { OutcomeClaim } from './outcome-claim.ts'

/** Takes an open claim back; its proposals go, its history stays. */
export function withdrawClaim(tx: RowTransaction, claim: OutcomeClaim, reason: string, context: CommandContext): void {
  const event = { atMs: context.madeAtMs, byId: context.actorId, what: 'withdrawn', amountMinor: claim.claimedMinor, text: reason } as const
  tx.put('outcomeClaims', { ...claim, state: 'withdrawn', history: [...claim.history, event] })
  const opened = tx.find('verificationCases', claim.id)
  if (opened) tx.put('verificationCases', { ...opened, proposals: [] })
}
