import { useMemo } from 'react'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { cadenceOfHousehold } from '../../cadence/household-cadence.ts'
import { useReplica } from '../../db/use-replica.ts'
import { useClock } from '../../ui/use-clock.ts'
import { buildHouseholdRows, foldHouseholds, type HouseholdRow } from './household-rows.ts'

/** Every household that this person sees. */
export function useHouseholdRows(self: Colleague): readonly HouseholdRow[] {
  const { todayOn } = useClock()
  const households = useReplica((view) => view.list('households'), [])
  const persons = useReplica((view) => view.list('persons'), [])
  const accounts = useReplica((view) => view.list('accounts'), [])
  const coverages = useReplica((view) => view.list('coverages'), [])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  const entries = useReplica((view) => view.list('contactEntries'), [])
  const folded = useMemo(() => foldHouseholds({ households, persons, accounts }), [households, persons, accounts])
  return useMemo(
    () => buildHouseholdRows({ households, persons, accounts, coverages, colleagues, entries, self, todayOn, cadenceOf: cadenceOfHousehold }, folded),
    [households, persons, accounts, coverages, colleagues, entries, self, todayOn, folded],
  )
}
