import { isClaimDecidable, partiesOf } from '../../../shared/domain/outcome/outcome-claim.ts'
import { standingApproval } from '../../../shared/domain/verification/decide-claim.ts'
import type { ReplicaView } from '../../db/replica-view.ts'
import { type AgeBand, ageBandOf, ageDaysOf } from '../../outcome/claim-age.ts'

export interface QueueFacts {
  readonly byAge: Readonly<Record<AgeBand, number>>
  readonly proposals: number
  readonly second: number // approved by a first controller who is someone else
  readonly returned: number
}

/** What waits for this controller; claims in which they have a part are not theirs to see here. */
export function countQueue(view: ReplicaView, selfId: string, nowMs: number): QueueFacts {
  const byAge = { '0-30': 0, '31-60': 0, '61-90': 0, '90+': 0 }
  let [proposals, second, returned] = [0, 0, 0]
  for (const claim of view.list('outcomeClaims')) {
    if (partiesOf(claim).includes(selfId)) continue
    if (claim.state === 'returned') returned++
    if (!isClaimDecidable(claim.state)) continue
    const opened = view.find('verificationCases', claim.id)
    byAge[ageBandOf(ageDaysOf(opened?.openedAtMs ?? claim.claimedAtMs, nowMs))]++
    if (claim.state === 'proposed') proposals++
    const approval = opened && standingApproval(claim, opened)
    if (approval && approval.byId !== selfId) second++
  }
  return { byAge, proposals, second, returned }
}
