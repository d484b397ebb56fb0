import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { toleranceMinor } from '../../../../shared/domain/verification/decide-claim.ts'
import type { CaseProposal } from '../../../../shared/domain/verification/verification-case.ts'
import type { BankLine } from './bank-lines.ts'

/** How much of one bank line the decision would use. */
export interface EvidencePart {
  readonly activityId: string
  readonly amountMinor: number
}

/**
 * Spreads the claim over the chosen lines, earliest booking first, so that no line gives more than it has left and the
 * sum never exceeds the claim. Two controllers who choose the same lines get the same parts in the same order.
 */
export function allocateChoice(lines: readonly BankLine[], claimedMinor: number): readonly EvidencePart[] {
  const ordered = [...lines].sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
  let missingMinor = claimedMinor
  return ordered.flatMap(({ activity, availableMinor }) => {
    const amountMinor = Math.min(missingMinor, availableMinor)
    missingMinor -= amountMinor
    return amountMinor > 0 ? [{ activityId: activity.id, amountMinor }] : []
  })
}
const keyOf = ({ activity }: BankLine): string => `${activity.bookedOn ?? ''} ${activity.id}`

/** 'none' chosen; 'exact'; 'tolerance' = a little short (charges, exchange rate); 'short' = a part only. */
export type SumFit = 'none' | 'exact' | 'tolerance' | 'short'

export interface SumCheck {
  readonly sumMinor: number
  readonly missingMinor: number
  readonly toleranceMinor: number
  /** What the chosen lines hold beyond the claim; it stays free for other claims. */
  readonly surplusMinor: number
  readonly fit: SumFit
}

export function checkSum(lines: readonly BankLine[], claim: Pick<OutcomeClaim, 'claimedMinor' | 'currency'>): SumCheck {
  const availableMinor = lines.reduce((sum, line) => sum + line.availableMinor, 0)
  const sumMinor = Math.min(availableMinor, claim.claimedMinor)
  const missingMinor = claim.claimedMinor - sumMinor
  const tolerance = toleranceMinor(claim.claimedMinor, claim.currency)
  return { sumMinor, missingMinor, toleranceMinor: tolerance, surplusMinor: availableMinor - sumMinor, fit: fitOf(sumMinor, missingMinor, tolerance) }
}

function fitOf(sumMinor: number, missingMinor: number, tolerance: number): SumFit {
  if (sumMinor === 0) return 'none'
  if (missingMinor === 0) return 'exact'
  return missingMinor <= tolerance ? 'tolerance' : 'short'
}

/** Whether the chosen lines are exactly those of the proposal. */
export function isProposalChosen(proposal: Pick<CaseProposal, 'activityIds'>, chosenIds: ReadonlySet<string>): boolean {
  return proposal.activityIds.length === chosenIds.size && proposal.activityIds.every((id) => chosenIds.has(id))
}

/** The chosen proposal where nothing needs explaining: all agreed, no exception, the sum exact. Only then a reason is suggested. */
export function findExactProposal(proposals: readonly CaseProposal[], chosenIds: ReadonlySet<string>, sum: SumCheck): CaseProposal | undefined {
  if (sum.fit !== 'exact') return undefined
  return proposals.find((proposal) => isProposalChosen(proposal, chosenIds) && proposal.exceptions.length === 0 && proposal.differed.length === 0)
}

/** What is chosen when a case opens: the first controller's lines, else the proposal in which all agrees, if there is only one. */
export function initialChoice(proposals: readonly CaseProposal[], firstEvidence: readonly EvidencePart[] | undefined): ReadonlySet<string> {
  if (firstEvidence) return new Set(firstEvidence.map((part) => part.activityId))
  const clean = proposals.filter((proposal) => proposal.exceptions.length === 0 && proposal.differed.length === 0)
  return new Set(clean.length === 1 ? clean[0]?.activityIds : [])
}
