import { expect, test } from 'vitest'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import { findCadenceWarning, isReasonNeeded } from './cadence-warning.ts'

const cadence: Cadence = {
  state: 'onTrack',
  lastTouchOn: null,
  dueOn: '2026-12-01',
  overdueOn: '2026-12-15',
  burden30: 0,
  maxIn30: 6,
  calls7: 0,
  maxCalls7: 2,
  quietUntil: undefined,
}
const call = { direction: 'outbound', channel: 'phone' } as const
const open = { quietPeriods: [] }
const warn = (over: Partial<Cadence>, form: Parameters<typeof findCadenceWarning>[0] = call) => findCadenceWarning(form, open, { ...cadence, ...over }, '2026-11-18')

test('warns from 80 % of the maximum on, this contact included', () => {
  expect(warn({ burden30: 3 })).toBeNull()
  expect(warn({ burden30: 4 })).toEqual({ kind: 'near', count: 5, max: 6 })
})

test('asks a reason where a maximum is reached', () => {
  const over = warn({ burden30: 6 })
  expect(over).toEqual({ kind: 'over', count: 6, max: 6 })
  expect(isReasonNeeded(over)).toBe(true)
  expect(isReasonNeeded(warn({ burden30: 4 }))).toBe(false)
})

test('counts calls for calls only', () => {
  expect(warn({ calls7: 2 })).toEqual({ kind: 'overCalls', count: 2, max: 2 })
  expect(warn({ calls7: 2 }, { direction: 'outbound', channel: 'email' })).toBeNull()
})

test('warns of the last call of a week, but not of its first', () => {
  expect(warn({ calls7: 1 })).toEqual({ kind: 'nearCalls', count: 2, max: 2 })
  expect(warn({ calls7: 0, maxCalls7: 1 })).toBeNull()
  expect(isReasonNeeded(warn({ calls7: 1 }))).toBe(false)
})

test('answering a client meets nothing', () => {
  expect(warn({ burden30: 9, state: 'overLimit' }, { direction: 'inbound', channel: 'phone' })).toBeNull()
})

test('a quiet period on the day of the contact wins', () => {
  const quiet = { quietPeriods: [{ fromOn: '2026-11-01', toOn: null, kind: 'bereavement', reason: 'Funeral' } as const] }
  expect(findCadenceWarning(call, quiet, { ...cadence, burden30: 9 }, '2026-11-18')).toEqual({ kind: 'quiet', untilOn: null })
  expect(findCadenceWarning(call, quiet, cadence, '2026-10-30')).toBeNull()
})
