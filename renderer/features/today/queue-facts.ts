import { isClaimDecidable } from '../../../shared/domain/outcome/outcome-claim.ts'
import { standingApproval } from '../../../shared/domain/verification/decide-claim.ts'
import type { ReplicaView } from '../../db/replica-view.ts'

export interface QueueFacts {
  readonly byAge: Readonly<Record<'first' | 'second' | 'third' | 'last', number>> // 0–30, 31–60, 61–90, over 90 days
  readonly proposals: number
  readonly second: number // approved by a first controller who is someone else
  readonly returned: number
}

const DAY_MS = 86_400_000

function ageOf(openedAtMs: number, nowMs: number): keyof QueueFacts['byAge'] {
  const days = Math.floor((nowMs - openedAtMs) / DAY_MS)
  if (days <= 30) return 'first'
  if (days <= 60) return 'second'
  return days <= 90 ? 'third' : 'last'
}

/** What waits for this controller; claims in which they have a part are not theirs to see here. */
export function countQueue(view: ReplicaView, selfId: string, nowMs: number): QueueFacts {
  const byAge = { first: 0, second: 0, third: 0, last: 0 }
  let [proposals, second, returned] = [0, 0, 0]
  for (const claim of view.list('outcomeClaims')) {
    if (claim.makerId === selfId || claim.creditSplit.some((s) => s.colleagueId === selfId)) continue
    if (claim.state === 'returned') returned++
    if (!isClaimDecidable(claim.state)) continue
    const opened = view.find('verificationCases', claim.id)
    byAge[ageOf(opened?.openedAtMs ?? claim.claimedAtMs, nowMs)]++
    if (claim.state === 'proposed') proposals++
    const approval = opened && standingApproval(claim, opened)
    if (approval && approval.byId !== selfId) second++
  }
  return { byAge, proposals, second, returned }
}
