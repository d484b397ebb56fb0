import { fitAmount, type LineFit, toleranceMinor } from './line-fit.ts'
import type { MatchClaim, MatchPolicy } from './match-types.ts'

/** At most 4 of 20 lines: 6,175 sums for an account, whatever the feed holds. */
const MAX_CANDIDATES = 20
const MAX_SUMS = 5

/**
 * Groups of 2 to `maxLinesInSum` lines of one account that add up to the claim: exact ones or, where there is none,
 * ones within the tolerance. Likely lines (reference, payer, near the day) come first.
 */
export function findSums(claim: MatchClaim, fits: readonly LineFit[], policy: MatchPolicy): readonly (readonly LineFit[])[] {
  const found = [...groupByAccount(fits.filter((fit) => fit.account !== 'unknown' && fit.amount === 'less')).values()].flatMap((group) =>
    sumsOf([...group].sort(byLikelihood).slice(0, MAX_CANDIDATES), claim, policy),
  )
  const exact = found.filter((group) => fitAmount(totalOf(group), claim, policy) === 'exact')
  return (exact.length > 0 ? exact : found).slice(0, MAX_SUMS)
}

export const totalOf = (group: readonly LineFit[]): number => group.reduce((sum, { line }) => sum + line.availableMinor, 0)

/** Depth-first over combinations in the given order, leaving a branch when it exceeds the claim. */
function sumsOf(candidates: readonly LineFit[], claim: MatchClaim, policy: MatchPolicy): readonly (readonly LineFit[])[] {
  const most = claim.remainingMinor + toleranceMinor(claim, policy)
  const found: (readonly LineFit[])[] = []
  const extend = (group: readonly LineFit[], total: number, from: number): void => {
    const fit = fitAmount(total, claim, policy)
    if (group.length >= 2 && (fit === 'exact' || fit === 'tolerance')) found.push(group)
    if (group.length === policy.maxLinesInSum) return
    for (let i = from; i < candidates.length; i++) {
      const next = candidates[i]
      if (next !== undefined && total + next.line.availableMinor <= most) extend([...group, next], total + next.line.availableMinor, i + 1)
    }
  }
  extend([], 0, 0)
  return found
}

function groupByAccount(fits: readonly LineFit[]): ReadonlyMap<string, readonly LineFit[]> {
  const groups = new Map<string, LineFit[]>()
  for (const fit of fits) {
    const key = fit.line.accountIban ?? fit.line.accountId ?? ''
    groups.set(key, [...(groups.get(key) ?? []), fit])
  }
  return groups
}

/** A total order, so the same lines in any order give the same sums. */
function byLikelihood(a: LineFit, b: LineFit): number {
  const hits = (fit: LineFit): number => (fit.reference === null ? 0 : 2) + (fit.payer === null ? 0 : 1)
  return hits(b) - hits(a) || a.daysOff - b.daysOff || compareText(a.line.activityId, b.line.activityId)
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
