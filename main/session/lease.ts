import type { SessionRecord } from '../vault/session-record.ts'

/** As long as the server keeps a session alive: whose access has ended can read offline no longer than this. */
const LEASE_MS = 14 * 24 * 60 * 60 * 1_000
/** Clocks are corrected by minutes; who sets one back by more may want to stretch the lease. */
const BACKWARD_MS = 10 * 60 * 1_000

/**
 * True when the laptop has to reach the server before it opens again. Everything is measured on its own clock: one that
 * is wrong by years, but runs, measures just as well.
 */
export function isLeaseOver({ lastContactAtMs, lastUsedAtMs }: Pick<SessionRecord, 'lastContactAtMs' | 'lastUsedAtMs'>, nowMs: number): boolean {
  return nowMs - lastContactAtMs > LEASE_MS || nowMs < Math.max(lastContactAtMs, lastUsedAtMs) - BACKWARD_MS
}
