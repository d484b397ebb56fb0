import type { AccountActivity } from '../../shared/domain/feed/account-activity.ts'
import type { OutcomeClaim } from '../../shared/domain/outcome/outcome-claim.ts'
import type { MatchClaim, MatchLine } from '../../shared/domain/verification/matching/match-types.ts'
import type { HouseholdMoney } from './household-money.ts'

/** Words of a note that look like a payment reference: at least 6 characters with a digit and a letter, or 8 digits. */
function referencesIn(note: string): readonly string[] {
  const words = note.match(/[A-Za-z0-9][A-Za-z0-9./-]{4,62}[A-Za-z0-9]/g) ?? []
  return [...new Set(words.filter((word) => (/\d/.test(word) && /[A-Za-z]/.test(word)) || /^\d{8,}$/.test(word)))]
}

/** The account that the maker named comes first, closed ones last. */
function ibansOf(claim: OutcomeClaim, { accounts }: HouseholdMoney): readonly string[] {
  const named = accounts.filter((a) => a.id === claim.accountId)
  const others = accounts.filter((a) => a.id !== claim.accountId && a.closedOn === null)
  return [...new Set([...named, ...others].flatMap((a) => a.iban ?? []))]
}

/** The claim as matching sees it, or null where no bank line can prove it. */
export function matchClaimOf(claim: OutcomeClaim, money: HouseholdMoney): MatchClaim | null {
  if (claim.kind === 'mandate') return null
  return {
    claimId: claim.id,
    kind: claim.kind,
    amountMinor: claim.claimedMinor,
    currency: claim.currency,
    accountId: claim.accountId,
    accountIbans: ibansOf(claim, money),
    payerNames: money.payerNames,
    references: referencesIn(claim.note),
    contactOn: claim.contactOn,
    expectedOn: claim.expectedOn,
    remainingMinor: claim.claimedMinor - claim.confirmedMinor,
  }
}

export const matchLineOf = (line: AccountActivity & { readonly bookedOn: string }): MatchLine => ({
  activityId: line.id,
  accountIban: line.iban,
  accountId: line.accountId,
  amountMinor: line.amountMinor,
  availableMinor: line.amountMinor - line.allocatedMinor,
  currency: line.currency,
  bookedOn: line.bookedOn,
  valueOn: line.valueOn,
  counterpartyName: line.counterpartyName,
  remittance: line.remittance,
  endToEndId: line.endToEndId,
})
