import { describe, expect, test } from 'vitest'
import { addDays } from '../../lib/local-date.ts'
import { cadenceOf } from './cadence.ts'

const TODAY = '2026-03-18' // a Wednesday
const household: Parameters<typeof cadenceOf>[0]['household'] = { tier: 'A', relationship: 'client', quietPeriods: [] }
const contact = (on: string, more: object = {}) =>
  ({ state: 'active', occurredAtMs: Date.parse(`${on}T10:00:00Z`), zone: 'Europe/Vienna' as string, direction: 'outbound', isReached: true, channel: 'inPerson', ...more }) as const
const of = (entries: readonly ReturnType<typeof contact>[], more: object = {}) => cadenceOf({ household: { ...household, ...more }, entries, todayOn: TODAY })

describe('cadence', () => {
  test('a household never reached is due at once', () => {
    expect(of([])).toMatchObject({ state: 'due', lastTouchOn: null, dueOn: TODAY })
  })
  test('tier A is on track before 30, due from 30, overdue after 45 days', () => {
    expect(of([contact(addDays(TODAY, -20))]).state).toBe('onTrack')
    expect(of([contact(addDays(TODAY, -30))]).state).toBe('due')
    expect(of([contact(addDays(TODAY, -45))]).state).toBe('due')
    expect(of([contact(addDays(TODAY, -46))]).state).toBe('overdue')
  })
  test('a due day on a weekend or holiday moves to the next working day', () => {
    const saturday = cadenceOf({ household, entries: [contact('2026-02-12')], todayOn: TODAY }) // + 30 d = Saturday 14 March
    expect(saturday.dueOn).toBe('2026-03-16')
    const holiday = cadenceOf({ household, entries: [contact('2026-02-12')], todayOn: TODAY, isHoliday: (d) => d === '2026-03-16' })
    expect(holiday.dueOn).toBe('2026-03-17')
  })
  test('an attempt adds to the burden but does not restart the clock', () => {
    const c = of([contact(addDays(TODAY, -50)), contact(addDays(TODAY, -1), { isReached: false })])
    expect(c).toMatchObject({ state: 'overdue', burden30: 1, lastTouchOn: addDays(TODAY, -50) })
  })
  test('a contact that the client began restarts the clock without adding to the burden', () => {
    expect(of([contact(addDays(TODAY, -50)), contact(addDays(TODAY, -1), { direction: 'inbound' })])).toMatchObject({ state: 'onTrack', burden30: 0 })
  })
  test('warns at 80 % of the maximum and says when it is reached', () => {
    const days = [1, 3, 5, 7, 9, 11].map((d) => contact(addDays(TODAY, -d)))
    expect(of(days.slice(0, 4)).state).toBe('onTrack')
    expect(of(days.slice(0, 5))).toMatchObject({ state: 'nearLimit', burden30: 5, maxIn30: 6 })
    expect(of(days).state).toBe('overLimit')
  })
  test('the maximum of calls in a week limits calls, not the household: it may be written to', () => {
    const calls = [1, 2].map((d) => contact(addDays(TODAY, -d), { channel: 'phone' }))
    expect(of(calls)).toMatchObject({ state: 'onTrack', calls7: 2, maxCalls7: 2 })
  })
  test('six unanswered attempts stop a prospect, spread over any time; an answer starts anew', () => {
    const attempts = [200, 160, 120, 90, 60, 35].map((d) => contact(addDays(TODAY, -d), { isReached: false }))
    expect(of(attempts, { tier: 'prospect', relationship: 'prospect' }).state).toBe('overLimit')
    expect(of([...attempts, contact(addDays(TODAY, -34), { direction: 'inbound' })], { tier: 'prospect', relationship: 'prospect' }).state).toBe('due')
  })
  test('a quiet period wins over everything, voided entries count for nothing', () => {
    const quietPeriods = [{ fromOn: '2026-03-01', toOn: '2026-04-01', kind: 'bereavement', reason: 'x' }]
    expect(of([contact(addDays(TODAY, -90))], { quietPeriods })).toMatchObject({ state: 'quiet', quietUntil: '2026-04-01' })
    expect(of([contact(addDays(TODAY, -1), { state: 'voided' })])).toMatchObject({ state: 'due', burden30: 0 })
  })
  test('the day of a contact is the author’s, not UTC’s', () => {
    const lateEvening = { ...contact('2026-03-17'), occurredAtMs: Date.parse('2026-03-17T23:30:00Z'), zone: 'Europe/Budapest' }
    expect(of([lateEvening]).lastTouchOn).toBe('2026-03-18')
  })
})
