import { sql } from 'kysely'
import type { Tx } from '../db/open-database.ts'
import { countLines, type FingerprintedLine, findSeenElsewhere, lineFingerprints, type SeenCounts } from '../feeds/same-line.ts'
import type { FeedFormat } from '../feeds/statement-file.ts'
import type { NewActivity, ReadLine } from './activities-of-file.ts'
import { accountNameOf } from './known-statements.ts'

async function loadCounts(tx: Tx, fingerprints: readonly string[]): Promise<SeenCounts> {
  const { rows } = await sql<{ fingerprint: string; format: FeedFormat; count: number }>`
    SELECT fingerprint, format, count FROM reported_line WHERE fingerprint = ANY(${fingerprints}::text[])`.execute(tx)
  const byFingerprint = Map.groupBy(rows, (r) => r.fingerprint)
  return new Map([...byFingerprint].map(([fingerprint, counts]) => [fingerprint, Object.fromEntries(counts.map((c) => [c.format, c.count]))]))
}

async function saveCounts(tx: Tx, counts: SeenCounts): Promise<void> {
  const rows = [...counts].flatMap(([fingerprint, byFormat]) => Object.entries(byFormat).map(([format, count]) => ({ fingerprint, format, count })))
  await sql`INSERT INTO reported_line SELECT fingerprint, format, count
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(fingerprint text, format text, count integer)
    ON CONFLICT (fingerprint, format) DO UPDATE SET count = excluded.count`.execute(tx)
}

/** The rows to write: a booking that another report brought before is no evidence a second time. Keeps the counts for the next file. */
export async function markReportedLines(tx: Tx, format: FeedFormat, lines: readonly ReadLine[]): Promise<readonly NewActivity[]> {
  const evidence: FingerprintedLine[] = lines
    .filter((l) => l.activity.notEvidence === null)
    .map(({ statement, line }) => ({ lineNo: line.lineNo, fingerprints: lineFingerprints(accountNameOf(statement) ?? '', line) }))
  if (evidence.length === 0) return lines.map((l) => l.activity)
  const counts = await loadCounts(
    tx,
    evidence.flatMap((e) => e.fingerprints),
  )
  const seen = findSeenElsewhere(format, evidence, counts)
  await saveCounts(tx, countLines(format, evidence, counts))
  return lines.map(({ activity }) => (activity.notEvidence === null && seen.has(activity.lineNo) ? { ...activity, notEvidence: 'seen-elsewhere' } : activity))
}
