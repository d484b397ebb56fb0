import { addDays, daysBetween } from '../../../lib/local-date.ts'
import { findReference } from './find-reference.ts'
import type { MatchClaim, MatchLine, MatchPolicy } from './match-types.ts'
import { findSimilarPayer } from './similar-payer.ts'

export type AmountFit = 'exact' | 'tolerance' | 'less' | 'more'

/** How one line compares with the claim. */
export interface LineFit {
  readonly line: MatchLine
  readonly account: 'named' | 'allowed' | 'unknown'
  /** The claim's reference that the line carries, the claim's name that its payer resembles; null = none. */
  readonly reference: string | null
  readonly payer: string | null
  readonly amount: AmountFit
  /** Calendar days between booking and the day the money was expected, ≥ 0. */
  readonly daysOff: number
}

/** The day the money was expected: never before the contact. */
export function anchorDay(claim: MatchClaim): string {
  return claim.expectedOn !== null && claim.expectedOn > claim.contactOn ? claim.expectedOn : claim.contactOn
}

/** The larger of the fixed and the relative tolerance, in minor units, whole numbers throughout. */
export function toleranceMinor(claim: MatchClaim, policy: MatchPolicy): number {
  const { remainingMinor } = claim
  const relative = Math.floor(remainingMinor / 10_000) * policy.toleranceBp + Math.floor(((remainingMinor % 10_000) * policy.toleranceBp) / 10_000)
  return Math.max(policy.toleranceMinorFixed, relative)
}

export function fitAmount(minor: number, claim: MatchClaim, policy: MatchPolicy): AmountFit {
  if (minor === claim.remainingMinor) return 'exact'
  if (Math.abs(minor - claim.remainingMinor) <= toleranceMinor(claim, policy)) return 'tolerance'
  return minor < claim.remainingMinor ? 'less' : 'more'
}

/**
 * null = never proposed for this claim: another currency, nothing left of it, outside the window, or on an account
 * that is known and not one of the claim's.
 */
export function fitLine(claim: MatchClaim, line: MatchLine, policy: MatchPolicy): LineFit | null {
  const anchor = anchorDay(claim)
  const isInWindow = line.bookedOn >= addDays(claim.contactOn, -policy.windowBeforeDays) && line.bookedOn <= addDays(anchor, policy.windowAfterDays)
  const account = fitAccount(claim, line)
  if (!isInWindow || account === null || line.currency !== claim.currency || line.availableMinor <= 0) return null
  return {
    line,
    account,
    reference: findReference(claim.references, [line.endToEndId, line.remittance]),
    payer: findSimilarPayer(claim.payerNames, line.counterpartyName),
    amount: fitAmount(line.availableMinor, claim, policy),
    daysOff: Math.abs(daysBetween(anchor, line.bookedOn)),
  }
}

function fitAccount(claim: MatchClaim, line: MatchLine): LineFit['account'] | null {
  if (line.accountId !== null && line.accountId === claim.accountId) return 'named'
  const at = line.accountIban === null ? -1 : claim.accountIbans.indexOf(line.accountIban)
  if (at === 0 && claim.accountId !== null) return 'named'
  if (at >= 0) return 'allowed'
  return line.accountId === null ? 'unknown' : null
}
