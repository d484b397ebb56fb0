import { expect, test } from 'vitest'
import { instantOf, parseClockTime, wallClockOf } from './zoned-time.ts'

test.each([
  ['2026-11-18', '09:00', 'Europe/Budapest', '2026-11-18T08:00:00Z'],
  ['2026-07-18', '09:00', 'Europe/Budapest', '2026-07-18T07:00:00Z'],
  ['2026-07-18', '23:30', 'America/New_York', '2026-07-19T03:30:00Z'],
  ['2026-07-18', '09:00', 'Asia/Kolkata', '2026-07-18T03:30:00Z'],
  ['2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'], // shown twice: the earlier
  ['2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'], // skipped
])('%s %s in %s', (on, time, zone, instant) => {
  expect(new Date(instantOf(on, time, zone)).toISOString()).toBe(instant.replace('Z', '.000Z'))
})

test('gives back day and time of an instant', () => {
  expect(wallClockOf(Date.parse('2026-11-18T23:15:00Z'), 'Europe/Budapest')).toEqual({ on: '2026-11-19', time: '00:15' })
})

test.each([
  ['9', '09:00'],
  ['9:30', '09:30'],
  ['14.30', '14:30'],
  ['1430', '14:30'],
  ['24:00', null],
  ['9:75', null],
  ['soon', null],
])('%j as a time of day is %j', (text, time) => {
  expect(parseClockTime(text)).toBe(time)
})
