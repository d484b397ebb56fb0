import { minorDigits } from '../../../lib/money.ts'
import { verificationPolicy } from '../../policy/default-policy.ts'

/** A claim as matching sees it. Amounts in minor units of `currency`; days 'YYYY-MM-DD'. */
export interface MatchClaim {
  readonly claimId: string
  readonly kind: 'deposit' | 'pledge'
  readonly amountMinor: number
  readonly currency: string
  /** The account the maker named; null = none named. */
  readonly accountId: string | null
  /** IBANs (or other account numbers) of the household on which the money may arrive, the named account first. */
  readonly accountIbans: readonly string[]
  readonly payerNames: readonly string[]
  /** Texts that the payer was asked to write, or that the maker noted. */
  readonly references: readonly string[]
  readonly contactOn: string
  /** null = the money was to come at once. */
  readonly expectedOn: string | null
  /** What evidence is still missing for; proposals never exceed it. */
  readonly remainingMinor: number
}

/** A bank line that may serve as evidence (booked, no reversal, no own transfer: the caller has left those out). */
export interface MatchLine {
  readonly activityId: string
  readonly accountIban: string | null
  /** null = an account that no household has (a collection account, or one not entered yet). */
  readonly accountId: string | null
  readonly amountMinor: number
  /** Part that no other claim has used yet. */
  readonly availableMinor: number
  readonly currency: string
  readonly bookedOn: string
  readonly valueOn: string | null
  readonly counterpartyName: string | null
  readonly remittance: string
  readonly endToEndId: string | null
}

export interface MatchPolicy {
  readonly toleranceMinorFixed: number
  /** Basis points of the remaining amount; the larger of the two tolerances counts. */
  readonly toleranceBp: number
  readonly windowBeforeDays: number
  readonly windowAfterDays: number
  readonly amountDays: number
  readonly maxLinesInSum: number
}

/** The firm's defaults, with the fixed tolerance in minor units of the claim's currency. */
export function defaultMatchPolicy(currency: string): MatchPolicy {
  const { toleranceUnits, toleranceBp, windowBeforeDays, windowAfterDays, amountDays, maxLinesInSum } = verificationPolicy
  return { toleranceMinorFixed: toleranceUnits * 10 ** minorDigits(currency), toleranceBp, windowBeforeDays, windowAfterDays, amountDays, maxLinesInSum }
}

export type ProposalKind = 'reference' | 'amount' | 'sum' | 'payer'
export type ProposalException = 'ambiguous' | 'date' | 'amount'

export interface Finding {
  readonly what: 'account' | 'reference' | 'amount' | 'date' | 'payer' | 'currency'
  readonly claimed: string | number | null
  readonly found: string | number | null
}

/** A suggestion for the controller, never a decision. */
export interface Proposal {
  readonly kind: ProposalKind
  readonly activityIds: readonly string[]
  /** What it would fund: at most the remaining amount. */
  readonly amountMinor: number
  readonly agreed: readonly Finding[]
  readonly differed: readonly Finding[]
  readonly exceptions: readonly ProposalException[]
  /** Higher is better; only for the order within one claim. */
  readonly score: number
}
