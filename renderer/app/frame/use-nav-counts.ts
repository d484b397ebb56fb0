import { isClaimDecidable, partiesOf } from '../../../shared/domain/outcome/outcome-claim.ts'
import { useAttention, useReplica } from '../../db/use-replica.ts'
import { useClock } from '../../ui/use-clock.ts'
import type { NavName } from './nav-items.ts'

/** What waits behind an item of the rail: promises due by today, claims to decide, refused changes. */
export function useNavCounts(selfId: string): Partial<Record<NavName, number>> {
  const { todayOn } = useClock()
  const attention = useAttention().length
  const followUps = useReplica((view) => view.list('followUps').filter((f) => f.state === 'open' && f.assigneeId === selfId && f.dueOn <= todayOn).length, [selfId, todayOn])
  const verification = useReplica((view) => view.list('outcomeClaims').filter((c) => isClaimDecidable(c.state) && !partiesOf(c).includes(selfId)).length, [selfId])
  return { attention, followUps, verification }
}
