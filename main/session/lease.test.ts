import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SessionRecord } from '../vault/session-record.ts'
import { isLeaseOver, latestTrace, leaseOf } from './lease.ts'
import { LeaseWatch } from './lease-watch.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const LEASE_MS = 3 * DAY_MS
const CONTACT_MS = 1_700_000_000_000
const facts = { lastContactAtMs: CONTACT_MS, lastUsedAtMs: CONTACT_MS + 2 * DAY_MS, leaseMs: LEASE_MS, knownTraceMs: 0 }

test.each([
  ['a moment later', 2 * DAY_MS + 1, 0, false],
  ['on the last day', LEASE_MS, 0, false],
  ['after it', LEASE_MS + 1, 0, true],
  ['years later', 4_000 * DAY_MS, 0, true],
  ['with the clock corrected by some minutes', 2 * DAY_MS - 9 * MINUTE_MS, 0, false],
  ['with the clock set back to the last contact', 0, 0, true],
  ['with the clock set back by years', -4_000 * DAY_MS, 0, true],
  ['with the clock behind what the laptop wrote while the app was closed', 2 * DAY_MS + 1, 5 * DAY_MS, true],
])('opens offline within the lease only: %s', (_when, afterMs, traceAfterMs, isOver) => {
  expect(isLeaseOver(facts, CONTACT_MS + afterMs, traceAfterMs === 0 ? 0 : CONTACT_MS + traceAfterMs)).toBe(isOver)
})

test('no server can give more than two weeks', () => {
  expect(leaseOf({ leaseMs: 365 * DAY_MS })).toBe(14 * DAY_MS)
})

test('a clock that once was ahead, and was put right before the last contact, locks nobody out', () => {
  const known = { ...facts, knownTraceMs: CONTACT_MS + 300 * DAY_MS }
  expect(isLeaseOver(known, CONTACT_MS + 2 * DAY_MS + 1, CONTACT_MS + 300 * DAY_MS)).toBe(false)
})

test('reads traces from files, and none from what is not there', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'rapport-trace-')), 'log')
  writeFileSync(path, '')
  utimesSync(path, 1_000, 2_000)
  expect(latestTrace([path, `${path}-missing`])).toBe(2_000_000)
})

/**
 * A laptop offline in the hands of somebody who wants more than the lease: real time, the clock on the wall that they may
 * set, and an app that is opened, used, closed and killed.
 */
class Laptop {
  realMs = CONTACT_MS
  wallMs = CONTACT_MS
  traceMs = CONTACT_MS
  record: SessionRecord = { ...facts, lastUsedAtMs: CONTACT_MS } as SessionRecord
  #watch: LeaseWatch | undefined
  usedAfterEndMs = 0
  opens = 0

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 30_000) {
      const step = Math.min(left, 30_000)
      this.realMs += step
      this.wallMs += step
      this.traceMs = Math.max(this.traceMs, this.wallMs) // the system writes while it runs
      this.#watch?.check()
      if (this.#watch && this.realMs > CONTACT_MS + LEASE_MS + 30_000) this.usedAfterEndMs += step
    }
  }

  open(): boolean {
    if (isLeaseOver(this.record, this.wallMs, this.traceMs)) return false
    this.opens += 1
    const save = (lastUsedAtMs: number) => {
      this.record = { ...this.record, lastUsedAtMs }
    }
    this.#watch = new LeaseWatch({
      record: () => this.record,
      nowMs: () => this.wallMs,
      monotonicMs: () => this.realMs,
      lastContactAtMs: () => null,
      save,
      onOver: () => this.close(),
    })
    return true
  }

  close(): void {
    if (this.#watch) this.record = { ...this.record, lastUsedAtMs: this.#watch.usedAtMs() }
    this.#watch = undefined
  }

  kill(): void {
    this.#watch = undefined
  }
}

const repeat = (times: number, turn: () => void): void => {
  for (let i = 0; i < times; i++) turn()
}

type Step = (laptop: Laptop) => unknown
const open: Step = (l) => l.open()
const close: Step = (l) => l.close()
const kill: Step = (l) => l.kill()
const pass =
  (ms: number): Step =>
  (l) =>
    l.pass(ms)
const turnClock =
  (ms: number): Step =>
  (l) => {
    l.wallMs += ms
  }
const setClock =
  (atMs: (laptop: Laptop) => number): Step =>
  (l) => {
    l.wallMs = atMs(l)
  }

/** What the person does, how often over, and in which order. */
const games: readonly (readonly [name: string, times: number, steps: readonly Step[]])[] = [
  ['waits and opens', 1, [pass(4 * DAY_MS)]],
  ['stays open over the end', 1, [open, pass(4 * DAY_MS)]],
  ['sets the clock back by a day after the end', 1, [pass(4 * DAY_MS), turnClock(-DAY_MS - HOUR_MS)]],
  ['sets the clock to the last contact', 1, [pass(4 * DAY_MS), setClock(() => CONTACT_MS)]],
  ['sets the clock just after the last use', 1, [open, pass(DAY_MS), close, pass(3 * DAY_MS), setClock((l) => l.record.lastUsedAtMs + 1)]],
  ['kills the app so that it writes nothing, and sets the clock back', 1, [open, pass(2 * DAY_MS), kill, pass(2 * DAY_MS), setClock(() => CONTACT_MS + 1)]],
  ['sets the clock back while the app is open', 1, [open, turnClock(-2 * DAY_MS), pass(4 * DAY_MS)]],
  ['sets the clock back every day while the app is open', 5, [open, pass(DAY_MS), turnClock(-DAY_MS)]],
  ['creeps back nine minutes at each opening', 600, [open, pass(9 * MINUTE_MS), close, turnClock(-9 * MINUTE_MS)]],
  ['sets the clock ahead, opens, and back', 1, [turnClock(2 * DAY_MS), open, pass(HOUR_MS), close, turnClock(-2 * DAY_MS), pass(4 * DAY_MS)]],
  ['sets the clock years back', 1, [pass(4 * DAY_MS), turnClock(-3_650 * DAY_MS)]],
  ['kills it every four minutes with the clock put back each time', 1_500, [open, pass(4 * MINUTE_MS), kill, turnClock(-4 * MINUTE_MS)]],
]

test.each(games)('a clock game does not open the app after the end of the lease: %s', (_name, times, steps) => {
  const laptop = new Laptop()
  repeat(times, () => {
    for (const step of steps) step(laptop)
  })
  const isOver = laptop.realMs > CONTACT_MS + LEASE_MS
  expect({ isOver, usedAfterEndMs: laptop.usedAfterEndMs, opensNow: laptop.open() }).toEqual({ isOver: true, usedAfterEndMs: 0, opensNow: false })
})
