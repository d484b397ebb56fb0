import { statSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import type { SessionRecord } from '../vault/session-record.ts'

/** Whatever a server says: whose access has ended can read offline no longer than this. */
const LONGEST_LEASE_MS = 14 * 24 * 3_600_000
/** Clocks are corrected by minutes; who sets one back by more may want to stretch the lease. */
const BACKWARD_MS = 10 * 60_000

export type LeaseFacts = Pick<SessionRecord, 'lastContactAtMs' | 'lastUsedAtMs' | 'leaseMs' | 'knownTraceMs'>

export const leaseOf = ({ leaseMs }: Pick<SessionRecord, 'leaseMs'>): number => Math.min(leaseMs, LONGEST_LEASE_MS)

/**
 * True when the laptop has to reach the server before it opens again. Everything is measured on its own clock: one that
 * is wrong by years, but runs, measures just as well.
 * @param latestTraceMs the latest moment that the laptop's own files tell of: a clock behind it was set back while the app was closed
 */
export function isLeaseOver(facts: LeaseFacts, nowMs: number, latestTraceMs: number): boolean {
  const newTraceMs = latestTraceMs > facts.knownTraceMs ? latestTraceMs : 0
  const isSetBack = nowMs < Math.max(facts.lastContactAtMs, facts.lastUsedAtMs, newTraceMs) - BACKWARD_MS
  return nowMs - facts.lastContactAtMs > leaseOf(facts) || isSetBack
}

/** Places that an operating system writes to whenever it runs. */
const tracePaths = (): readonly string[] => [
  homedir(),
  tmpdir(),
  '/var/log',
  '/var/log/wtmp',
  '/var/log/journal',
  '/var/lib/systemd/timesync/clock',
  '/private/var/log',
  'C:\\Windows\\Temp',
  'C:\\Windows\\System32\\winevt\\Logs',
]

/** When the laptop wrote last, by its own clock at the time; 0 where nothing tells. */
export function latestTrace(paths: readonly string[] = tracePaths()): number {
  return Math.max(0, ...paths.map(writtenAtMs))
}

function writtenAtMs(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0 // not on this system, or not ours to see
  }
}
