import { expect, test } from 'vitest'
import { readInput, withValue } from './input-fields.ts'

const log = {
  id: '1',
  householdId: 'h',
  subject: 'Review',
  occurredAtMs: 5,
  zone: 'Europe/Budapest',
  personIds: ['a', 'b'],
  followUps: [{ id: '2', title: 'Call back', dueOn: '2026-11-20' }],
  claims: [{ id: '3', claimedMinor: 100, currency: 'EUR', creditSplit: [{ colleagueId: 'c', shareBp: 10_000 }] }],
}

test('reads every field, nested ones in groups of their own', () => {
  const groups = readInput(log)
  expect(groups.map((g) => [g.name, g.position, g.fields.map((f) => f.name)])).toEqual([
    [null, 1, ['householdId', 'subject', 'occurredAtMs', 'personIds', 'personIds']],
    ['followUps', 1, ['title', 'dueOn']],
    ['claims', 1, ['claimedMinor']],
    ['creditSplit', 1, ['colleagueId', 'shareBp']],
  ])
  expect(groups[0]?.fields[2]).toMatchObject({ value: 5, zone: 'Europe/Budapest' })
  expect(groups[2]?.fields[0]).toMatchObject({ value: 100, currency: 'EUR', path: ['claims', 0, 'claimedMinor'] })
})

test('an edit shows what the person saw and what they want', () => {
  const [own] = readInput({ id: '1', edits: { dueOn: { from: '2026-11-01', to: '2026-11-09' } } })
  expect(own?.fields).toMatchObject([{ name: 'dueOn', before: '2026-11-01', value: '2026-11-09', path: ['edits', 'dueOn', 'to'] }])
})

test('replaces one value and keeps the rest', () => {
  const changed = withValue(log, ['claims', 0, 'claimedMinor'], 200) as typeof log
  expect(changed.claims[0]?.claimedMinor).toBe(200)
  expect(changed.followUps).toBe(log.followUps)
  expect(log.claims[0]?.claimedMinor).toBe(100)
})
