import { expect, test } from 'vitest'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { Household } from '../../shared/domain/household/household.ts'
import { makeCadenceCache } from './household-cadence.ts'
import { isPublicHoliday } from './public-holidays.ts'

const household = { id: 'h1', tier: 'A', relationship: 'client', quietPeriods: [], country: 'HU' } as unknown as Household
const entry = {
  state: 'active',
  occurredAtMs: Date.parse('2026-11-18T10:00:00Z'),
  zone: 'Europe/Budapest',
  direction: 'outbound',
  isReached: true,
  channel: 'phone',
} as ContactEntry

test('the same rows give the same cadence; another row, household or day a new one', () => {
  const cadenceOf = makeCadenceCache(() => () => false)
  const first = cadenceOf(household, [entry], '2026-11-18')
  expect(cadenceOf(household, [entry], '2026-11-18')).toBe(first)
  expect(cadenceOf(household, [], '2026-11-18').lastTouchOn).toBeNull()
  expect(cadenceOf({ ...household, tier: 'C' }, [], '2026-11-18').maxIn30).toBe(2)
})

test('knows the public holidays of a country', () => {
  expect(isPublicHoliday('HU')('2026-10-23')).toBe(true)
  expect(isPublicHoliday('DE')('2026-10-23')).toBe(false)
  expect(isPublicHoliday('XX')('2026-12-25')).toBe(false)
})
