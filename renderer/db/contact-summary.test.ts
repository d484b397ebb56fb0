import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cadenceOf } from '../../shared/domain/cadence/cadence.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { entryRow, householdRow, NOW_MS } from '../../test/support/firm-rows.ts'
import { idOf } from '../../test/support/test-id.ts'
import { entriesForCadence } from './contact-summary.ts'
import { factsOf } from './entry-facts.ts'

const DAY_MS = 86_400_000
const entries = fc.array(
  fc
    .record({
      occurredAtMs: fc.oneof(
        fc.integer({ min: NOW_MS - 50 * DAY_MS, max: NOW_MS + DAY_MS }),
        fc.integer({ min: NOW_MS - 900 * DAY_MS, max: NOW_MS }),
        fc.integer({ min: 0, max: 40 }).map((h) => NOW_MS - 70 * DAY_MS - h * 3_600_000),
      ),
      zone: fc.constantFrom('Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Vienna'),
      direction: fc.constantFrom('inbound' as const, 'outbound' as const, 'outbound' as const, 'outbound' as const),
      isReached: fc.boolean(),
      channel: fc.constantFrom('phone' as const, 'email' as const),
      state: fc.constantFrom('active' as const, 'active' as const, 'voided' as const),
    })
    .map((over) => factsOf(entryRow(1, 1, over))),
  { maxLength: 30 },
)

test('a cadence of the kept entries is the one of all, on the day and on later ones', () => {
  fc.assert(
    fc.property(entries, fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 0, max: 60 }), (all, tier, days) => {
      const household = householdRow(1, { tier: tier as 'A' })
      const todayOn = addDays(localDateOf(NOW_MS, 'Europe/Vienna'), days)
      expect(cadenceOf({ household, entries: entriesForCadence(all, NOW_MS), todayOn })).toEqual(cadenceOf({ household, entries: all, todayOn }))
    }),
    { numRuns: 500 },
  )
})

test('keeps few of many', () => {
  const many = Array.from({ length: 250 }, (_, i) => factsOf(entryRow(i, 1, { id: idOf('entry', i), occurredAtMs: NOW_MS - i * 5 * DAY_MS, isReached: true })))
  expect(entriesForCadence(many, NOW_MS).length).toBeLessThan(10)
})
