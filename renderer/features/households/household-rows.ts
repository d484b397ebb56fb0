import type { Account } from '../../../shared/domain/account/account.ts'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { type Coverage, isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import type { Person } from '../../../shared/domain/person/person.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import type { EntryFacts } from '../../db/entry-facts.ts'

/** One line of the list. */
export interface HouseholdRow {
  readonly id: string
  readonly household: Household
  readonly cadence: Cadence | null // null where this person does not see contacts, or they are still being fetched
  readonly leadName: string | null
  readonly isMine: boolean
  readonly isTeams: boolean // covered by someone of my team
  readonly folded: string
}

export interface HouseholdRowSources {
  readonly households: readonly Household[]
  readonly persons: readonly Person[]
  readonly accounts: readonly Account[]
  readonly coverages: readonly Coverage[]
  readonly colleagues: readonly Colleague[]
  readonly entriesOf: (householdId: string) => readonly EntryFacts[]
  readonly self: Pick<Colleague, 'id' | 'teamId' | 'role'>
  readonly todayOn: LocalDate
  readonly hasContacts: boolean // false = they are still being fetched
  readonly cadenceOf: (household: Household, entries: readonly EntryFacts[], todayOn: LocalDate) => Cadence
}

/** Client service and controllers see households without their contacts; a cadence made of none would be wrong. */
const SEES_NO_CONTACTS: readonly Colleague['role'][] = ['service', 'controller', 'marketing', 'admin']

/** What a household is found by; made once for each, because folding 10,000 names takes longer than comparing them. */
export function foldHouseholds({ households, persons, accounts }: Pick<HouseholdRowSources, 'households' | 'persons' | 'accounts'>): ReadonlyMap<string, string> {
  const members = Map.groupBy(
    persons.flatMap((p) => p.memberships.map((m) => ({ householdId: m.householdId, name: p.name }))),
    (m) => m.householdId,
  )
  const owned = Map.groupBy(accounts, (a) => a.householdId)
  return new Map(
    households.map(({ id, name, city }) => {
      const names = (members.get(id) ?? []).map((m) => m.name)
      const numbers = (owned.get(id) ?? []).map((a) => a.iban ?? a.number ?? '')
      return [id, foldText([name, city, ...names, ...numbers].join(' '))]
    }),
  )
}

export function buildHouseholdRows(sources: Omit<HouseholdRowSources, 'persons' | 'accounts'>, folded: ReadonlyMap<string, string>): readonly HouseholdRow[] {
  const { households, coverages, colleagues, entriesOf, self, todayOn, hasContacts, cadenceOf } = sources
  const colleagueOf = new Map(colleagues.map((c) => [c.id, c]))
  const activeOf = Map.groupBy(
    coverages.filter((c) => isCoverageActive(c, todayOn)),
    (c) => c.householdId,
  )
  const hidesCadence = !hasContacts || SEES_NO_CONTACTS.includes(self.role)
  return households.map((household) => {
    const covering = activeOf.get(household.id) ?? []
    const lead = covering.find((c) => c.role === 'lead')
    return {
      id: household.id,
      household,
      cadence: hidesCadence ? null : cadenceOf(household, entriesOf(household.id), todayOn),
      leadName: lead ? (colleagueOf.get(lead.colleagueId)?.name ?? null) : null,
      isMine: covering.some((c) => c.colleagueId === self.id),
      isTeams: self.teamId !== null && covering.some((c) => colleagueOf.get(c.colleagueId)?.teamId === self.teamId),
      folded: folded.get(household.id) ?? '',
    }
  })
}
