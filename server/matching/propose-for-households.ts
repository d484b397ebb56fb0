import type { CommandContext, RowChange, RowTransaction } from '../../shared/commands/define-command.ts'
import { RowBuffer } from '../../shared/commands/row-buffer.ts'
import { claimHistoryMax, isClaimDecidable, type OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import { defaultMatchPolicy } from '../../shared/domain/verification/matching/match-types.ts'
import { proposeMatches } from '../../shared/domain/verification/matching/propose-matches.ts'
import type { CaseProposal, VerificationCase } from '../../shared/domain/verification/verification-case.ts'
import { isDeepEqual } from '../../shared/lib/deep-equal.ts'
import type { Tx } from '../db/open-database.ts'
import type { BatchLoader } from '../sync/batch-loader.ts'
import { type HouseholdMoney, loadMoney } from './household-money.ts'
import { matchClaimOf, matchLineOf } from './match-input.ts'

const MAX_PROPOSALS = 20

function proposalsFor(claim: OutcomeClaim, money: HouseholdMoney): readonly CaseProposal[] {
  const matchClaim = matchClaimOf(claim, money)
  if (!matchClaim) return []
  const lines = money.lines.flatMap((line) => (line.bookedOn === null ? [] : [matchLineOf({ ...line, bookedOn: line.bookedOn })]))
  const proposals = proposeMatches(matchClaim, lines, defaultMatchPolicy(claim.currency)).slice(0, MAX_PROPOSALS)
  return proposals.map((p) => ({ ...p, activityIds: [...p.activityIds], agreed: [...p.agreed], differed: [...p.differed], exceptions: [...p.exceptions] }))
}

const withEvent = ({ history }: OutcomeClaim, event: OutcomeClaim['history'][number]): OutcomeClaim['history'] =>
  history.length < claimHistoryMax.byMatching ? [...history, event] : history

/** Writes new proposals on the case; the claim's state and history follow whether there are any. */
function putProposals(tx: RowTransaction, claim: OutcomeClaim, opened: VerificationCase, proposals: readonly CaseProposal[], atMs: number): void {
  if (!isDeepEqual(proposals, opened.proposals)) tx.put('verificationCases', { ...opened, proposals: [...proposals] })
  const first = proposals[0]
  if (first !== undefined && claim.state !== 'proposed') {
    const event = { atMs, byId: null, what: 'proposed', amountMinor: first.amountMinor, text: null } as const
    tx.put('outcomeClaims', { ...claim, state: 'proposed', history: withEvent(claim, event) })
  }
  if (first === undefined && claim.state === 'proposed') {
    const event = { atMs, byId: null, what: 'unproposed', amountMinor: 0, text: null } as const
    tx.put('outcomeClaims', { ...claim, state: claim.kind === 'pledge' ? 'pledged' : 'claimed', history: withEvent(claim, event) })
  }
}

/** Compares the open claims of these households with the bank lines that still have money, and writes what changed. */
export async function proposeForHouseholds(tx: Tx, loader: BatchLoader, householdIds: readonly string[], context: CommandContext): Promise<readonly RowChange[]> {
  if (householdIds.length === 0) return []
  const buffer = new RowBuffer(loader.rows)
  const atMs = context.receivedAtMs ?? context.madeAtMs
  for (const money of await loadMoney(tx, loader, householdIds)) {
    for (const claim of money.claims.filter((c) => isClaimDecidable(c.state))) {
      const opened = loader.rows.find('verificationCases', claim.id)
      if (opened) putProposals(buffer, claim, opened, proposalsFor(claim, money), atMs)
    }
  }
  return buffer.changes()
}
