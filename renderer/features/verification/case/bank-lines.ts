import type { AccountActivity } from '../../../../shared/domain/feed/account-activity.ts'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { verificationPolicy } from '../../../../shared/domain/policy/default-policy.ts'
import { addDays } from '../../../../shared/lib/local-date.ts'

/** Reasons of `AccountActivity.notEvidence` that have a text of their own, and three that depend on the claim. */
const lineObstacles = [
  'pending',
  'information',
  'reversal',
  'debit',
  'own-transfer',
  'interest',
  'fee',
  'dividend',
  'market',
  'seen-elsewhere',
  'currency',
  'used',
  'undated',
  'other',
] as const
export type LineObstacle = (typeof lineObstacles)[number]

export interface BankLine {
  readonly activity: AccountActivity
  /** What no confirmed claim has used yet; 0 where the line cannot be evidence at all. */
  readonly availableMinor: number
  readonly obstacle: LineObstacle | null
}

const isKnown = (reason: string): reason is LineObstacle => (lineObstacles as readonly string[]).includes(reason)

/** Why a line of the household cannot stand behind this claim; null = it can. */
export function findLineObstacle(line: AccountActivity, claim: Pick<OutcomeClaim, 'currency'>): LineObstacle | null {
  if (line.notEvidence !== null) return isKnown(line.notEvidence) ? line.notEvidence : 'other'
  if (line.bookedOn === null) return 'undated'
  if (line.currency !== claim.currency) return 'currency'
  return line.allocatedMinor >= line.amountMinor ? 'used' : null
}

export function toBankLine(activity: AccountActivity, claim: Pick<OutcomeClaim, 'currency'>): BankLine {
  const obstacle = findLineObstacle(activity, claim)
  return { activity, obstacle, availableMinor: obstacle === null ? activity.amountMinor - activity.allocatedMinor : 0 }
}

/** Usable lines first, then newest booking first; inside one day as the bank printed them. */
export function listBankLines(activities: readonly AccountActivity[], claim: OutcomeClaim): readonly BankLine[] {
  return activities
    .filter((activity) => activity.householdId === claim.householdId)
    .map((activity) => toBankLine(activity, claim))
    .sort(compareLines)
}

function compareLines(a: BankLine, b: BankLine): number {
  const byUse = Number(a.obstacle !== null) - Number(b.obstacle !== null)
  return byUse || dayOf(b).localeCompare(dayOf(a)) || a.activity.lineNo - b.activity.lineNo
}
const dayOf = (line: BankLine): string => line.activity.bookedOn ?? line.activity.valueOn ?? ''

/** The days in which the claim's money was to arrive: from shortly before the contact until after the expected day. */
export function evidenceWindow(claim: Pick<OutcomeClaim, 'contactOn' | 'expectedOn'>): { readonly fromOn: string; readonly toOn: string } {
  const anchorOn = claim.expectedOn !== null && claim.expectedOn > claim.contactOn ? claim.expectedOn : claim.contactOn
  return { fromOn: addDays(claim.contactOn, -verificationPolicy.windowBeforeDays), toOn: addDays(anchorOn, verificationPolicy.windowAfterDays) }
}

export function isInWindow(line: BankLine, claim: Pick<OutcomeClaim, 'contactOn' | 'expectedOn'>): boolean {
  const { fromOn, toOn } = evidenceWindow(claim)
  return dayOf(line) >= fromOn && dayOf(line) <= toOn
}
