import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Reminder } from '../../shared/ipc/ipc-contract.ts'
import { textsFor } from '../i18n/texts.ts'
import { LockedReminders } from './locked-reminders.ts'
import type { ReminderRecord } from './reminder-store.ts'
import { Reminders } from './reminders.ts'
import { noticeOf } from './system-notifier.ts'

vi.mock('electron', () => ({ Notification: class {} })) // exists only inside Electron

const START_MS = 1_700_000_000_000
beforeEach(() => void vi.useFakeTimers({ now: START_MS, toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const aReminder = (i: number, atMs: number): Reminder => ({ followUpId: `00000000-0000-7000-8000-00000000000${i}`, atMs, title: `Call ${i}`, body: 'Nagy family' })

async function opened(record: ReminderRecord, remindedOf: ReminderRecord['shown'] = []) {
  const shown: Reminder[] = []
  const reminders = new Reminders({ read: async () => record, write: async () => undefined }, (reminder) => shown.push(reminder), Date.now)
  onTestFinished(() => reminders.stop())
  await reminders.start(remindedOf)
  return { reminders, shown }
}

test('reminds at its time while locked, without a word about it, and unlocking does not repeat it', async () => {
  const record = { reminders: [aReminder(1, START_MS + 1_000), aReminder(2, START_MS + 60_000)], shown: [] }
  const { reminders } = await opened(record)
  reminders.stop()

  const shown: Reminder[] = []
  const locked = new LockedReminders((reminder) => shown.push(reminder), Date.now)
  await locked.begin(reminders.outline())
  vi.advanceTimersByTime(1_000)
  expect(shown).toEqual([{ ...aReminder(1, START_MS + 1_000), title: '', body: '' }])

  const unlocked = await opened(record, locked.end())
  vi.advanceTimersByTime(60_000)
  expect(unlocked.shown.map((reminder) => reminder.title)).toEqual(['Call 2'])
  expect(shown).toHaveLength(1)
})

test.each(['en', 'de', 'hu'] as const)('a notice names nobody in %s unless the person wants it to', (language) => {
  const texts = textsFor(language, 'en')
  const { title, body } = noticeOf(aReminder(1, START_MS), texts, false)
  expect(`${title} ${body}`).not.toMatch(/Call|Nagy/)
  expect(title).not.toBe('')
  expect(noticeOf(aReminder(1, START_MS), texts, true)).toMatchObject({ title: 'Call 1', body: 'Nagy family' })
})
