import { expect, test } from 'vitest'
import { isBirthdayWithin } from './role-facts.ts'

test.each([
  ['1960-11-12', '2026-11-12', true],
  ['1960-11-26', '2026-11-12', true],
  ['1960-11-27', '2026-11-12', false],
  ['1960-11-11', '2026-11-12', false],
  ['1960-01-03', '2026-12-28', true], // across the year's end
  ['1960-02-29', '2026-02-25', true], // celebrated on 1 March
  ['1960-02-29', '2028-02-29', true],
])('born %s, today %s: within 14 days %s', (birthOn, todayOn, isWithin) => {
  expect(isBirthdayWithin(birthOn, todayOn, 14)).toBe(isWithin)
})
