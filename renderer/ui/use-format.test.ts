import { expect, test } from 'vitest'
import { makeFormat, makeRelativeDay, makeRelativeInstant } from './use-format.ts'

test('months and years are counted to the nearest: 60 days ahead are not next month, 730 not next year', () => {
  const relative = makeRelativeDay('en-GB', '2026-11-22')
  expect(relative('2027-01-21')).toBe('in 2 months')
  expect(relative('2028-11-21')).toBe('in 2 years')
  expect(relative('2026-11-23')).toBe('tomorrow')
  expect(relative('2027-01-20')).toBe('in 8 weeks')
})

test('an instant of the day before yesterday is not yesterday, however few hours ago', () => {
  const relative = makeRelativeInstant('en-GB', Date.parse('2026-11-25T08:00:00+01:00'), '2026-11-25', 'Europe/Vienna')
  expect(relative(Date.parse('2026-11-23T21:00:00+01:00'))).toBe('2 days ago')
  expect(relative(Date.parse('2026-11-24T07:00:00+01:00'))).toBe('yesterday')
  expect(relative(Date.parse('2026-11-24T21:00:00+01:00'))).toBe('11 hours ago')
  expect(relative(Date.parse('2026-08-25T21:00:00+02:00'))).toBe('3 months ago')
})

test.each([
  ['en-GB', '33.33%', '.', '%'],
  ['de-DE', '33,33\u00A0%', ',', '\u00A0%'],
  ['hu-HU', '33,33%', ',', '%'],
])('a share is written and typed as %s writes per cent: %s', (locale, text, decimal, suffix) => {
  const format = makeFormat(locale, { todayOn: '2026-11-22', nowMs: 0, zone: 'UTC' })
  expect(format.share(3_333)).toBe(text)
  expect(format.shareSigns).toEqual({ decimal, suffix })
})
