import { expect, test } from 'vitest'
import { makeCadenceCache } from '../../cadence/household-cadence.ts'
import type { ContactRow } from './contact-list.ts'
import { bookOf, filterContacts, listContacts } from './contact-list.ts'

const TODAY = '2026-11-12'
const DAY_MS = 86_400_000

/** A view of households (id = name) whose last touch lies so many days back; all led by 'me' but those of 'other'. */
function viewOf(lastTouchDaysAgo: Readonly<Record<string, number | null>>) {
  const households = Object.keys(lastTouchDaysAgo).map((id) => ({ id, name: id, tier: 'A', relationship: 'client', country: 'HU', quietPeriods: [] }))
  const coverages = households.map((h) => ({ householdId: h.id, colleagueId: h.id.startsWith('other') ? 'other' : 'me', role: 'lead', fromOn: '2020-01-01', toOn: null }))
  const entriesOf = (id: string) => {
    const days = lastTouchDaysAgo[id]
    if (days === null || days === undefined) return []
    return [{ state: 'active', occurredAtMs: Date.parse(`${TODAY}T12:00:00Z`) - days * DAY_MS, zone: 'UTC', direction: 'inbound', isReached: true, channel: 'phone' }]
  }
  const tables: Readonly<Record<string, unknown>> = { households, coverages }
  return { list: (table: string) => tables[table], listEntryFactsOf: (id: string) => entriesOf(id) } as never as Parameters<typeof listContacts>[0]
}

test('lists the overdue before the due, the longest waiting first, and nobody who is on track', () => {
  const view = viewOf({ due: 35, overdue: 60, older: 90, fresh: 3 })
  const rows = listContacts(
    view,
    bookOf(view, 'me', TODAY),
    TODAY,
    makeCadenceCache(() => () => false),
  )
  expect(rows.map((r) => [r.household.name, r.cadence.state])).toEqual([
    ['older', 'overdue'],
    ['overdue', 'overdue'],
    ['due', 'due'],
  ])
})

test('a book holds only what the person leads', () => {
  expect(bookOf(viewOf({ mine: 1, other1: 1 }), 'me', TODAY).map((h) => h.name)).toEqual(['mine'])
})

test('the limit filter holds households near and over their limit', () => {
  const row = (state: string) => ({ household: { id: state }, cadence: { state } }) as unknown as ContactRow
  const rows = ['overdue', 'nearLimit', 'overLimit'].map(row)
  expect(filterContacts(rows, 'limit').map((r) => r.cadence.state)).toEqual(['nearLimit', 'overLimit'])
})
