import { expect, test } from 'vitest'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import { completeOrReopen, reassign, snooze } from './follow-up-calls.ts'
import { buildFollowUpRows, type FollowUpSources, groupOf, rowMeant } from './follow-up-rows.ts'

const TODAY = '2026-11-18' // a Wednesday
const NOW = Date.parse('2026-11-18T12:00:00Z')
const followUp = (id: string, dueOn: string, over: Partial<FollowUp> = {}): FollowUp =>
  ({ id, title: `Call ${id}`, dueOn, householdId: 'h1', assigneeId: 'me', state: 'open', doneAtMs: null, remindAtMs: null, zone: 'Europe/Budapest', ...over }) as FollowUp
const sources = {
  followUps: [
    followUp('later', '2026-11-23'),
    followUp('today', TODAY),
    followUp('late', '2026-11-10'),
    followUp('week', '2026-11-22'),
    followUp('done', '2026-11-01', { state: 'done', doneAtMs: NOW - 1_000 }),
    followUp('longDone', '2026-01-01', { state: 'done', doneAtMs: NOW - 90 * 86_400_000 }),
    followUp('hers', TODAY, { assigneeId: 'anna' }),
    followUp('theirs', TODAY, { assigneeId: 'far' }),
  ],
  households: [{ id: 'h1', name: 'Őry család' }],
  colleagues: [
    { id: 'me', name: 'Me', teamId: 't1' },
    { id: 'anna', name: 'Anna', teamId: 't1' },
    { id: 'far', name: 'Far', teamId: 't2' },
  ],
  self: { id: 'me', teamId: 't1' },
  todayOn: TODAY,
} as unknown as FollowUpSources
const listed = (filter: Partial<{ scope: 'mine' | 'team' | 'all'; query: string }> = {}) => buildFollowUpRows(sources, { scope: 'mine', query: '', ...filter }, NOW)

test('groups by day, soonest first; done ones of the last 30 days at the end', () => {
  expect(listed().rows.map((r) => r.id)).toEqual(['group overdue', 'late', 'group today', 'today', 'group week', 'week', 'group later', 'later', 'group done', 'done'])
  expect(listed().openCount).toBe(4)
})

test('on a Sunday the week is over', () => {
  expect(groupOf(followUp('x', '2026-11-23'), '2026-11-22')).toBe('later')
})

test('team and all widen the list', () => {
  const ids = (scope: 'team' | 'all') => listed({ scope }).rows.flatMap((r) => (r.kind === 'followUp' ? [r.id] : []))
  expect(ids('team')).toContain('hers')
  expect(ids('team')).not.toContain('theirs')
  expect(ids('all')).toContain('theirs')
})

test('finds by title, household and person without accents', () => {
  expect(listed({ query: 'ory' }).openCount).toBe(4)
  expect(listed({ scope: 'all', query: 'far' }).rows.map((r) => r.id)).toEqual(['group today', 'theirs'])
  expect(listed({ query: 'yacht' }).rows).toEqual([])
})

test('a heading sends the choice on in the direction of travel', () => {
  const { rows } = listed()
  const heading = rows[2]
  if (!heading) throw new Error('no heading')
  expect(rowMeant(rows, heading, 'late')?.id).toBe('today')
  expect(rowMeant(rows, heading, 'today')?.id).toBe('late')
  expect(rowMeant(rows, heading, null)?.id).toBe('today')
})

test('each change names its inverse', () => {
  expect(completeOrReopen({ id: 'f', state: 'open' })).toEqual({
    call: { name: 'follow-up/complete', args: { id: 'f' } },
    inverse: { name: 'follow-up/reopen', args: { id: 'f' } },
  })
  expect(reassign({ id: 'f', assigneeId: 'a' }, 'b')?.inverse).toEqual({ name: 'follow-up/reassign', args: { id: 'f', edits: { assigneeId: { from: 'b', to: 'a' } } } })
  expect(reassign({ id: 'f', assigneeId: 'a' }, 'a')).toBeNull()
})

test('snoozing moves the reminder along at its time of day, across the change of clocks', () => {
  const remindAtMs = Date.parse('2026-10-20T07:00:00Z') // 09:00 in summer time
  const change = snooze({ id: 'f', dueOn: '2026-10-20', remindAtMs, zone: 'Europe/Budapest' }, '2026-11-03')
  expect(change?.call.args).toEqual({
    id: 'f',
    edits: { dueOn: { from: '2026-10-20', to: '2026-11-03' }, remindAtMs: { from: remindAtMs, to: Date.parse('2026-11-03T08:00:00Z') } },
  })
  expect(snooze({ id: 'f', dueOn: TODAY, remindAtMs: null, zone: 'UTC' }, TODAY)).toBeNull()
})
