import { expect, test } from 'vitest'
import { isLeaseOver } from './lease.ts'

const DAY_MS = 86_400_000
const CONTACT_MS = 1_700_000_000_000
const record = { lastContactAtMs: CONTACT_MS, lastUsedAtMs: CONTACT_MS + 5 * DAY_MS }

test.each([
  ['a moment later', 5 * DAY_MS + 1, false],
  ['on the last day', 14 * DAY_MS, false],
  ['after it', 14 * DAY_MS + 1, true],
  ['years later', 4_000 * DAY_MS, true],
  ['with the clock corrected by some minutes', 5 * DAY_MS - 9 * 60_000, false],
  ['with the clock set back to the last contact', 0, true],
  ['with the clock set back by years', -4_000 * DAY_MS, true],
])('opens offline within the lease only: %s', (_when, afterMs, isOver) => {
  expect(isLeaseOver(record, CONTACT_MS + afterMs)).toBe(isOver)
})
