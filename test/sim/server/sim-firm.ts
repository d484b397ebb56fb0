import type { RowOf } from '../../../shared/domain/tables.ts'
import type { SeedRow } from '../../support/firm-rows.ts'
import { accountRow, colleagueRow, coverageRow, householdRow, personRow } from '../../support/firm-rows.ts'
import { idOf } from '../../support/test-id.ts'

type Role = Parameters<typeof colleagueRow>[1]

/** Two teams with a supervisor each, and offices that see all households or those with claims; Dora joins the first team later, or never. */
export const people = {
  supervisor: idOf('colleague', 1),
  anna: idOf('colleague', 2),
  bela: idOf('colleague', 3),
  otherSupervisor: idOf('colleague', 4),
  cora: idOf('colleague', 5),
  controller: idOf('colleague', 6),
  service: idOf('colleague', 7),
  compliance: idOf('colleague', 8),
  dora: idOf('colleague', 9),
} as const
export type PersonName = keyof typeof people

const roles: Readonly<Record<PersonName, Role>> = {
  supervisor: 'supervisor',
  anna: 'advisor',
  bela: 'advisor',
  otherSupervisor: 'supervisor',
  cora: 'advisor',
  controller: 'controller',
  service: 'service',
  compliance: 'compliance',
  dora: 'advisor',
}
const teamOf: Readonly<Record<PersonName, number | null>> = {
  supervisor: 1,
  anna: 1,
  bela: 1,
  otherSupervisor: 2,
  cora: 2,
  controller: null,
  service: null,
  compliance: null,
  dora: 1,
}

export const roleOf = (name: PersonName): Role => roles[name]
export const emailOf = (name: PersonName): string => `${name.toLowerCase()}@rapport.example`

const teamRow = (n: number, supervisorId: string | null): SeedRow => ({ table: 'teams', row: { id: idOf('team', n), name: `Team ${n}`, supervisorId, rev: 1 } })

export function colleague(name: PersonName): RowOf<'colleagues'> {
  const team = teamOf[name]
  const managerId = roles[name] === 'advisor' ? people[team === 1 ? 'supervisor' : 'otherSupervisor'] : null
  return { ...colleagueRow(people[name], roles[name], name), email: emailOf(name), teamId: team === null ? null : idOf('team', team), managerId }
}

/** Who is there from the beginning. */
export const firstPeople = (Object.keys(people) as PersonName[]).filter((name) => name !== 'dora')

/** Household `n` is led by `leader`; of every two households the second is covered by `helper` as well. */
function household(n: number, leader: PersonName, helper: PersonName | null): readonly SeedRow[] {
  const rows: SeedRow[] = [
    { table: 'households', row: householdRow(n) },
    { table: 'persons', row: personRow(n, [n]) },
    { table: 'accounts', row: accountRow(n, n) },
    { table: 'coverages', row: coverageRow(n, n, people[leader]) },
  ]
  if (helper) rows.push({ table: 'coverages', row: coverageRow(100 + n, n, people[helper], { role: 'specialist' }) })
  return rows
}

/** Six households: Anna's, Béla's, both, and Cora's in the other team; one person belongs to a household of each team. */
export const firmRows = (): readonly SeedRow[] => [
  teamRow(1, people.supervisor),
  teamRow(2, people.otherSupervisor),
  ...firstPeople.map((name): SeedRow => ({ table: 'colleagues', row: colleague(name) })),
  ...household(1, 'anna', null),
  ...household(2, 'anna', 'bela'),
  ...household(3, 'bela', null),
  ...household(4, 'bela', 'anna'),
  ...household(5, 'cora', null),
  ...household(6, 'cora', null),
  { table: 'persons', row: personRow(7, [1, 5]) },
]
export const householdIds = [1, 2, 3, 4, 5, 6].map((n) => idOf('household', n))
