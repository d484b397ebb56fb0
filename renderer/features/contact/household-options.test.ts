import { expect, test } from 'vitest'
import type { Household } from '../../../shared/domain/household/household.ts'
import { filterOptions, type Likelihood, listOptions } from './household-options.ts'

const households = [
  { id: 'ory', name: 'Őry család', city: 'Győr' },
  { id: 'nagy', name: 'Nagy család', city: 'Budapest' },
  { id: 'hof', name: 'Familie Nagyhofer', city: 'Wien' },
] as Household[]
const options = listOptions(
  households,
  (id) => (id === 'ory' ? [{ name: 'Nagy Éva' }] : []),
  (id) => (id === 'hof' ? [{ iban: 'AT611904300234573201' }] : []),
)
const quiet: Likelihood = { lastEntryAtMs: 0, state: 'onTrack' }
const ids = (query: string, likelihoodOf: (id: string) => Likelihood = () => quiet) => filterOptions(options, query, likelihoodOf).map((o) => o.id)

test('finds without accents, by member and by IBAN in groups', () => {
  expect(ids('ory')).toEqual(['ory'])
  expect(ids('nagy eva')).toEqual(['ory'])
  expect(ids('AT61 1904 3002')).toEqual(['hof'])
})

test('a name that begins so comes before a member or a part of a word', () => {
  expect(ids('nagy')[0]).toBe('nagy')
})

test('with nothing typed: my newest entries, then overdue, then due ones', () => {
  const likelihoods: Record<string, Likelihood> = {
    ory: { lastEntryAtMs: 0, state: 'due' },
    nagy: { lastEntryAtMs: 0, state: 'overdue' },
    hof: { lastEntryAtMs: 5, state: 'onTrack' },
  }
  expect(ids('', (id) => likelihoods[id] ?? quiet)).toEqual(['hof', 'nagy', 'ory'])
})
