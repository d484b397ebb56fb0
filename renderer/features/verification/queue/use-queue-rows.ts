import { useMemo } from 'react'
import { useReplica } from '../../../db/use-replica.ts'
import { useClock } from '../../../ui/use-clock.ts'
import { useReader } from '../use-reader.ts'
import { buildQueueRows, type QueueRow } from './queue-rows.ts'

/** All claims that the reader may meet in the queue, in no particular order. */
export function useQueueRows(): readonly QueueRow[] {
  const reader = useReader()
  const { nowMs } = useClock()
  const claims = useReplica((view) => view.list('outcomeClaims'), [])
  const cases = useReplica((view) => view.list('verificationCases'), [])
  const households = useReplica((view) => view.list('households'), [])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  return useMemo(() => {
    if (reader === null) return []
    const caseOf = new Map(cases.map((opened) => [opened.id, opened]))
    const householdName = new Map(households.map((household) => [household.id, household.name]))
    const colleagueName = new Map(colleagues.map((colleague) => [colleague.id, colleague.name]))
    return buildQueueRows({
      claims,
      findCase: (id) => caseOf.get(id),
      findHouseholdName: (id) => householdName.get(id),
      findColleagueName: (id) => colleagueName.get(id),
      reader,
      nowMs,
    })
  }, [reader, nowMs, claims, cases, households, colleagues])
}
