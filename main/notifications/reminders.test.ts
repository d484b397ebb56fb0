import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Reminder } from '../../shared/ipc/ipc-contract.ts'
import { ReminderStore } from './reminder-store.ts'
import { Reminders } from './reminders.ts'

const HOUR_MS = 3_600_000
const START_MS = 1_700_000_000_000

beforeEach(() => void vi.useFakeTimers({ now: START_MS, toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const aReminder = (i: number, atMs: number): Reminder => ({ followUpId: `00000000-0000-7000-8000-00000000000${i}`, atMs, title: `Call client ${i}`, body: '' })
const aPath = async () => join(await mkdtemp(join(tmpdir(), 'rapport-reminders-')), 'reminders.sealed')

async function started(path: string) {
  const shown: string[] = []
  const reminders = new Reminders(new ReminderStore(path, Buffer.alloc(32, 1)), ({ title }) => shown.push(title), Date.now)
  onTestFinished(() => reminders.stop())
  await reminders.start()
  return { reminders, shown }
}

test('shows each one once, at its time', async () => {
  const { reminders, shown } = await started(await aPath())
  await reminders.set([aReminder(1, START_MS + 5_000), aReminder(2, START_MS + 3 * HOUR_MS)])
  vi.advanceTimersByTime(4_999)
  expect(shown).toEqual([])
  vi.advanceTimersByTime(1)
  expect(shown).toEqual(['Call client 1'])
  vi.advanceTimersByTime(4 * HOUR_MS)
  expect(shown).toEqual(['Call client 1', 'Call client 2'])
})

test('what came due within a day is shown late, older ones are not', async () => {
  const { reminders, shown } = await started(await aPath())
  await reminders.set([aReminder(1, START_MS - 23 * HOUR_MS), aReminder(2, START_MS - 25 * HOUR_MS)])
  expect(shown).toEqual(['Call client 1'])
})

test('survives a restart sealed, and shows nothing a second time unless it was moved', async () => {
  const path = await aPath()
  const first = await started(path)
  await first.reminders.set([aReminder(1, START_MS - 1), aReminder(2, START_MS + HOUR_MS)])
  await vi.waitFor(async () => expect((await new ReminderStore(path, Buffer.alloc(32, 1)).read()).shown).toHaveLength(1))
  first.reminders.stop()
  expect((await readFile(path)).includes('client')).toBe(false)

  const second = await started(path)
  vi.advanceTimersByTime(HOUR_MS)
  expect(second.shown).toEqual(['Call client 2'])
  await second.reminders.set([aReminder(1, START_MS + HOUR_MS - 1), aReminder(2, START_MS + HOUR_MS)])
  expect(second.shown).toEqual(['Call client 2', 'Call client 1'])
})

test('on a full disk new reminders still come at their time', async () => {
  const shown: string[] = []
  const full = { read: async () => ({ reminders: [], shown: [] }), write: () => Promise.reject(new Error('ENOSPC')) }
  const reminders = new Reminders(full, ({ title }) => shown.push(title), Date.now)
  onTestFinished(() => reminders.stop())
  await reminders.start()
  await reminders.set([aReminder(1, START_MS + 5_000)])
  vi.advanceTimersByTime(5_000)
  expect(shown).toEqual(['Call client 1'])
})
