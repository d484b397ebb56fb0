import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db/open-database.ts'

const WINDOW_MS = 60_000

/** Keys are hashed: the table must not become a list of e-mail addresses and IP addresses. */
const keyOf = (kind: string, value: string): string => createHash('sha256').update(`${kind}\n${value}`).digest('hex')

/** An address by which attempts are counted: of IPv6 the network, since whoever has one has all 2^64 addresses in it. */
export function addressOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (v4 !== undefined || !ip.includes(':')) return v4 ?? ip
  const [head = [], tail = []] = ip
    .replace(/%.*/, '')
    .split('::')
    .map((side) => side.split(':').filter(Boolean))
  const groups = [...head, ...new Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0'), ...tail]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/**
 * Counts an attempt in the database, so that several servers share the count.
 * @returns seconds to wait where there were more than `limit` within a minute; null = go on
 */
export async function countAttempt(db: Db, kind: 'account' | 'ip', value: string, limit: number, nowMs: number): Promise<number | null> {
  const since = nowMs - WINDOW_MS
  const { rows } = await sql<{ count: number; sinceMs: number }>`
    INSERT INTO attempt (key, since_ms, count) VALUES (${keyOf(kind, kind === 'ip' ? addressOf(value) : value)}, ${nowMs}, 1)
    ON CONFLICT (key) DO UPDATE SET
      since_ms = CASE WHEN attempt.since_ms <= ${since} THEN ${nowMs} ELSE attempt.since_ms END,
      count = CASE WHEN attempt.since_ms <= ${since} THEN 1 ELSE attempt.count + 1 END
    RETURNING count, since_ms AS "sinceMs"`.execute(db)
  const attempt = rows[0]
  if (!attempt || attempt.count <= limit) return null
  return Math.max(1, Math.ceil((attempt.sinceMs + WINDOW_MS - nowMs) / 1_000))
}

/** A successful sign-in forgets the failed ones before it. */
export async function forgetAttempts(db: Db, kind: 'account', value: string): Promise<void> {
  await db.deleteFrom('attempt').where('key', '=', keyOf(kind, value)).execute()
}
