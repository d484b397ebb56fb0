import { useCallback, useMemo } from 'react'
import type { Account } from '../../../shared/domain/account/account.ts'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import type { Person } from '../../../shared/domain/person/person.ts'
import { useCadenceOf } from '../../cadence/household-cadence.ts'
import { useReplica } from '../../db/use-replica.ts'
import { coveringIdsOf } from '../../outcome/credit-choices.ts'
import { useClock } from '../../ui/use-clock.ts'
import { filterOptions, type HouseholdOption, type Likelihood, listOptions } from './household-options.ts'

/** What the form has to know about the chosen household. */
export interface HouseholdFacts {
  readonly household: Household
  readonly persons: readonly Person[] // head first
  readonly accounts: readonly Account[] // open ones
  readonly coveringIds: readonly string[] // colleagues who cover it today, the lead first
  readonly cadence: Cadence
}

export function useHouseholdFacts(householdId: string | null): HouseholdFacts | null {
  const { todayOn } = useClock()
  const cadenceOf = useCadenceOf()
  const id = householdId ?? ''
  const household = useReplica((view) => view.find('households', id), [id])
  const persons = useReplica((view) => view.listByHousehold('persons', id), [id])
  const accounts = useReplica((view) => view.listByHousehold('accounts', id), [id])
  const coverages = useReplica((view) => view.listByHousehold('coverages', id), [id])
  const entries = useReplica((view) => view.listEntryFactsOf(id), [id])
  return useMemo(() => {
    if (!household) return null
    const headFirst = persons.toSorted((a, b) => Number(b.id === household.headPersonId) - Number(a.id === household.headPersonId) || a.name.localeCompare(b.name))
    const coveringIds = coveringIdsOf(coverages, todayOn)
    return { household, persons: headFirst, accounts: accounts.filter((a) => a.closedOn === null), coveringIds, cadence: cadenceOf(household, entries, todayOn) }
  }, [household, persons, accounts, coverages, entries, todayOn, cadenceOf])
}

/** Matches of the household picker: the ones of my newest entries and those that are due come first. */
export function useHouseholdFilter(selfId: string): { readonly options: readonly HouseholdOption[]; readonly filter: (query: string) => readonly HouseholdOption[] } {
  const { todayOn } = useClock()
  const cadenceOf = useCadenceOf()
  const households = useReplica((view) => view.list('households'), [])
  const persons = useReplica((view) => view.list('persons'), [])
  const accounts = useReplica((view) => view.list('accounts'), [])
  const view = useReplica((replica) => replica, [])
  const entriesVersion = useReplica((replica) => replica.entriesVersion, [])
  const options = useMemo(() => {
    const members = Map.groupBy(
      persons.flatMap((person) => person.memberships.map(({ householdId }) => ({ householdId, name: person.name }))),
      (m) => m.householdId,
    )
    const owned = Map.groupBy(accounts, (a) => a.householdId)
    return listOptions(
      households,
      (id) => members.get(id) ?? [],
      (id) => owned.get(id) ?? [],
    )
  }, [households, persons, accounts])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the entries are read through the view, by household
  const likelihoodOf = useMemo(() => {
    const householdOf = new Map(households.map((h) => [h.id, h]))
    return (id: string): Likelihood => {
      const own = view.listEntryFactsOf(id)
      const household = householdOf.get(id)
      const lastEntryAtMs = own.reduce((last, e) => (e.authorId === selfId ? Math.max(last, e.recordedAtMs) : last), 0)
      return { lastEntryAtMs, state: household ? cadenceOf(household, own, todayOn).state : 'onTrack' }
    }
  }, [view, entriesVersion, households, selfId, todayOn, cadenceOf])
  const filter = useCallback((query: string) => filterOptions(options, query, likelihoodOf), [options, likelihoodOf])
  return { options, filter }
}

/** Our people by name; those who left stay readable but are not offered. */
export function useColleagues(): { readonly byId: ReadonlyMap<string, Colleague>; readonly active: readonly Colleague[] } {
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  return useMemo(() => {
    const active = colleagues.filter((c) => c.isActive).toSorted((a, b) => a.name.localeCompare(b.name))
    return { byId: new Map(colleagues.map((c) => [c.id, c])), active }
  }, [colleagues])
}
