import { expect, test } from 'vitest'
import { cadenceOf } from '../../../shared/domain/cadence/cadence.ts'
import { buildHouseholdRows, foldHouseholds, type HouseholdRowSources } from './household-rows.ts'

const sources = {
  households: [{ id: 'h1', name: 'Őry család', city: 'Győr', tier: 'B', relationship: 'client', quietPeriods: [] }],
  persons: [{ id: 'p1', name: 'Őry Anna', memberships: [{ householdId: 'h1', role: 'head' }] }],
  accounts: [{ id: 'a1', householdId: 'h1', iban: 'HU42117730161111101800000000', number: null }],
  coverages: [
    { id: 'c1', householdId: 'h1', colleagueId: 'anna', role: 'lead', fromOn: '2026-01-01', toOn: null },
    { id: 'c2', householdId: 'h1', colleagueId: 'me', role: 'specialist', fromOn: '2026-01-01', toOn: '2026-06-30' },
  ],
  colleagues: [
    { id: 'anna', name: 'Anna Kovács', teamId: 't1' },
    { id: 'me', name: 'Me', teamId: 't1' },
  ],
  entriesOf: () => [],
  hasContacts: true,
  self: { id: 'me', teamId: 't1', role: 'advisor' },
  todayOn: '2026-11-18',
  cadenceOf: (household: never, entries: never, todayOn: string) => cadenceOf({ household, entries, todayOn }),
} as unknown as HouseholdRowSources
const build = (over: Partial<HouseholdRowSources> = {}) => buildHouseholdRows({ ...sources, ...over }, foldHouseholds(sources))[0]

test('names the lead; an ended coverage makes a household mine no longer, but my team’s', () => {
  expect(build()).toMatchObject({ leadName: 'Anna Kovács', isMine: false, isTeams: true, cadence: { state: 'due' } })
})

test('is found by members, city and IBAN without accents', () => {
  expect(build()?.folded).toBe('ory csalad gyor ory anna hu42117730161111101800000000')
})

test('has no cadence for those who do not see contacts', () => {
  expect(build({ self: { id: 'me', teamId: null, role: 'service' } })).toMatchObject({ cadence: null, isTeams: false })
})
