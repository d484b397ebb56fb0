import { compareText } from './find-sums.ts'
import type { MatchLine, Proposal } from './match-types.ts'

/** A part of one bank line's money that stands behind one claim. */
export interface LineAllocation {
  readonly activityId: string
  readonly amountMinor: number
}

/** How much each line gives so that the parts make the proposal's amount: earliest booking first, never more than is left. */
export function allocateProposal(proposal: Proposal, lines: readonly MatchLine[]): readonly LineAllocation[] {
  const used = lines.filter((line) => proposal.activityIds.includes(line.activityId)).sort((a, b) => compareText(a.bookedOn, b.bookedOn) || compareText(a.activityId, b.activityId))
  let missing = proposal.amountMinor
  return used.flatMap((line) => {
    const amountMinor = Math.min(missing, line.availableMinor)
    missing -= amountMinor
    return amountMinor > 0 ? [{ activityId: line.activityId, amountMinor }] : []
  })
}

/** Sum of all allocations of each line. */
function totalsByLine(allocations: readonly LineAllocation[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>()
  for (const { activityId, amountMinor } of allocations) totals.set(activityId, (totals.get(activityId) ?? 0) + amountMinor)
  return totals
}

/** Lines whose money would be used more than once in total, or that are not there; empty = all is well. */
export function listOverusedLines(allocations: readonly LineAllocation[], lines: readonly Pick<MatchLine, 'activityId' | 'amountMinor'>[]): readonly string[] {
  const amounts = new Map(lines.map((line) => [line.activityId, line.amountMinor]))
  return [...totalsByLine(allocations)].filter(([id, total]) => total > (amounts.get(id) ?? 0)).map(([id]) => id)
}
