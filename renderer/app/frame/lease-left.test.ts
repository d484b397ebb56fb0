import { expect, test } from 'vitest'
import { isLeaseShort } from './lease-left.ts'

const HOUR_MS = 3_600_000

test.each([
  [72, 47, false],
  [72, 48, true],
  [72, 80, true],
  [336, 311, false], // of two weeks the last day, not five
  [336, 312, true],
  [12, 7, false], // of half a day not all of it
  [12, 8, true],
])('of a lease of %i h, %i h after the last contact the person is told: %s', (leaseHours, passedHours, isTold) => {
  expect(isLeaseShort(passedHours * HOUR_MS, 0, leaseHours * HOUR_MS)).toBe(isTold)
})
