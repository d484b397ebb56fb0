import { expect, test } from 'vitest'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import { filterHouseholds, type HouseholdFilter } from './household-filter.ts'
import type { HouseholdRow } from './household-rows.ts'

const row = (id: string, over: Partial<Household>, state: Cadence['state'] | null, more: Partial<HouseholdRow> = {}): HouseholdRow => ({
  id,
  household: { id, name: id, tier: 'B', relationship: 'client', assetsMinor: 0, currency: 'EUR', ...over } as Household,
  cadence: state && ({ state, dueOn: '2026-12-01', lastTouchOn: null } as Cadence),
  leadName: null,
  isMine: true,
  isTeams: true,
  folded: id.toLowerCase(),
  ...more,
})
const rows = [
  row('Alma', { assetsMinor: 5 }, 'onTrack'),
  row('Birs', { tier: 'A', assetsMinor: 9 }, 'overdue'),
  row('Cser', { relationship: 'prospect' }, 'due', { isMine: false }),
  row('Dio', {}, 'nearLimit', { folded: 'dio hu42117730161111101800000000' }),
  row('Eper', {}, 'overLimit', { isMine: false, isTeams: false }),
  row('Fa', {}, 'quiet'),
]
const all: HouseholdFilter = { query: '', scope: 'all', state: 'all', tier: null, relationship: null, sort: 'due' }
const ids = (filter: Partial<HouseholdFilter>) => filterHouseholds(rows, { ...all, ...filter }).rows.map((r) => r.id)

test('the most urgent first', () => {
  expect(ids({})).toEqual(['Birs', 'Cser', 'Eper', 'Dio', 'Alma', 'Fa'])
})

test('orders by assets and by tier', () => {
  expect(ids({ sort: 'assets' }).slice(0, 2)).toEqual(['Birs', 'Alma'])
  expect(ids({ sort: 'tier' })[0]).toBe('Birs')
})

test('a billion forints are less than ten million euros', () => {
  const rich = [row('Forint', { assetsMinor: 100_000_000_000, currency: 'HUF' }, 'onTrack'), row('Euro', { assetsMinor: 1_000_000_000 }, 'onTrack')]
  expect(filterHouseholds(rich, { ...all, sort: 'assets' }).rows.map((r) => r.id)).toEqual(['Euro', 'Forint'])
})

test('narrows by state, scope, tier and relationship', () => {
  expect(ids({ state: 'limit' })).toEqual(['Eper', 'Dio'])
  expect(ids({ scope: 'mine', state: 'due' })).toEqual([])
  expect(ids({ scope: 'team', state: 'due' })).toEqual(['Cser'])
  expect(ids({ tier: 'A' })).toEqual(['Birs'])
  expect(ids({ relationship: 'prospect' })).toEqual(['Cser'])
})

test('finds an IBAN typed in groups', () => {
  expect(ids({ query: 'HU42 1177 3016' })).toEqual(['Dio'])
})

test('counts by state after the other filters', () => {
  expect(filterHouseholds(rows, { ...all, scope: 'mine' }).counts).toEqual({ all: 4, overdue: 1, due: 0, limit: 1, quiet: 1 })
})

test('10,000 households are filtered and ordered within a frame or two', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => row(`Household ${i}`, {}, i % 2 ? 'due' : 'onTrack'))
  const started = performance.now()
  expect(filterHouseholds(many, { ...all, query: 'household 99' }).rows.length).toBe(280)
  expect(performance.now() - started).toBeLessThan(200)
})
