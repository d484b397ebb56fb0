import { useMemo } from 'react'
import type { Account } from '../../shared/domain/account/account.ts'
import { useReplica } from '../db/use-replica.ts'
import { useClock } from '../ui/use-clock.ts'
import { coveringIdsOf, creditableOf } from './credit-choices.ts'

/** What an outcome of a household may name. */
export interface OutcomeChoices {
  readonly accounts: readonly Account[] // open ones
  readonly creditableIds: readonly string[] // the lead first
  readonly nameOf: (colleagueId: string) => string
}

export function useOutcomeChoices(householdId: string): OutcomeChoices {
  const { todayOn } = useClock()
  const accounts = useReplica((view) => view.listByHousehold('accounts', householdId), [householdId])
  const coverages = useReplica((view) => view.listByHousehold('coverages', householdId), [householdId])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  return useMemo(() => {
    const byId = new Map(colleagues.map((c) => [c.id, c]))
    return {
      accounts: accounts.filter((a) => a.closedOn === null),
      creditableIds: creditableOf(coveringIdsOf(coverages, todayOn), (id) => byId.get(id)),
      nameOf: (id) => byId.get(id)?.name ?? id,
    }
  }, [accounts, coverages, colleagues, todayOn])
}
