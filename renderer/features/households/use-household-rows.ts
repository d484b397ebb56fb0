import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { type CadenceOf, useCadenceOf } from '../../cadence/household-cadence.ts'
import type { ReplicaView } from '../../db/replica-view.ts'
import { useEntriesState, useReplica } from '../../db/use-replica.ts'
import { useClock } from '../../ui/use-clock.ts'
import { buildHouseholdRows, foldHouseholds, type HouseholdRow, type HouseholdRowSources as Sources } from './household-rows.ts'

/** The function with its last answer kept for the same inputs: coming back to the list of 10,000 households then costs nothing. */
function keepLast<A extends readonly unknown[], R>(compute: (...inputs: A) => R): (...inputs: A) => R {
  let last: { readonly inputs: A; readonly value: R } | null = null
  return (...inputs) => {
    const isSame = last !== null && inputs.every((input, i) => Object.is(input, last?.inputs[i]))
    if (!last || !isSame) last = { inputs, value: compute(...inputs) }
    return last.value
  }
}

const foldOnce = keepLast((households: Sources['households'], persons: Sources['persons'], accounts: Sources['accounts']) => foldHouseholds({ households, persons, accounts }))

const buildOnce = keepLast(
  (
    folded: ReadonlyMap<string, string>,
    households: Sources['households'],
    coverages: Sources['coverages'],
    colleagues: Sources['colleagues'],
    view: ReplicaView,
    _entriesVersion: number, // goes up with every change of what the view tells of entries
    self: Sources['self'],
    todayOn: Sources['todayOn'],
    cadenceOf: CadenceOf,
    hasContacts: boolean,
  ) => buildHouseholdRows({ households, coverages, colleagues, entriesOf: (id) => view.listEntryFactsOf(id), self, todayOn, cadenceOf, hasContacts }, folded),
)

/** Every household that this person sees. */
export function useHouseholdRows(self: Colleague): readonly HouseholdRow[] {
  const { todayOn } = useClock()
  const cadenceOf = useCadenceOf()
  const households = useReplica((view) => view.list('households'), [])
  const persons = useReplica((view) => view.list('persons'), [])
  const accounts = useReplica((view) => view.list('accounts'), [])
  const coverages = useReplica((view) => view.list('coverages'), [])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  const hasContacts = useEntriesState() !== 'partial'
  const view = useReplica((replica) => replica, [])
  const entriesVersion = useReplica((replica) => replica.entriesVersion, [])
  return buildOnce(foldOnce(households, persons, accounts), households, coverages, colleagues, view, entriesVersion, self, todayOn, cadenceOf, hasContacts)
}
