import type { JournalRecord } from './journal-record.ts'
import type { JournalEntry, JournalState } from './journal-state.ts'

/** Settled commands are kept this long, so that they can be sent again to a server that was restored from a backup. */
const KEPT_MS = 35 * 24 * 60 * 60 * 1_000
/** A month's work and more. So many of the applied ones stay whatever the clock says: one that runs ahead would drop all that a restored server may lack. */
export const LEAST_KEPT = 1_000

/** The records that make the same state without its old settled commands; undefined = there are none, leave the file. */
export function compactRecords(state: JournalState, nowMs: number, leastKept: number): JournalRecord[] | undefined {
  const entries = state.list()
  const settled = entries.filter(({ settledAtMs, isDiscarded }) => settledAtMs !== null && !isDiscarded)
  const newest = new Set(settled.slice(Math.max(0, settled.length - leastKept)))
  const kept = entries.filter((entry) => entry.settledAtMs === null || newest.has(entry) || nowMs - Math.max(entry.settledAtMs, entry.restoredAtMs ?? 0) < KEPT_MS)
  if (kept.length === entries.length) return undefined
  const givenUp = state.listGivenUp().filter(({ atMs }) => nowMs - atMs < KEPT_MS)
  return [
    { type: 'base', body: { lastN: state.highestN } },
    ...kept.flatMap(recordsOf),
    ...settledRecords(kept),
    ...discardedRecords(kept),
    ...restoredRecords(kept),
    ...givenUp.map((body) => ({ type: 'given-up', body }) as const),
  ]
}

function recordsOf({ command, outcome }: JournalEntry): JournalRecord[] {
  const records: JournalRecord[] = [{ type: 'command', body: command }]
  if (outcome) records.push({ type: 'outcome', body: { id: command.id, ...outcome } })
  return records
}

/** Oldest first: each one reaches no further than what was settled at its time. */
function settledRecords(entries: readonly JournalEntry[]): JournalRecord[] {
  const highest = new Map<number, number>()
  for (const { command, settledAtMs, isDiscarded } of entries) {
    if (settledAtMs !== null && !isDiscarded) highest.set(settledAtMs, Math.max(highest.get(settledAtMs) ?? 0, command.n))
  }
  return [...highest].sort(([a], [b]) => a - b).map(([atMs, throughN]) => ({ type: 'settled', body: { throughN, atMs } }))
}

function discardedRecords(entries: readonly JournalEntry[]): JournalRecord[] {
  return entries.filter(({ isDiscarded }) => isDiscarded).map(({ command, settledAtMs }) => ({ type: 'discarded', body: { id: command.id, atMs: settledAtMs ?? 0 } }))
}

function restoredRecords(entries: readonly JournalEntry[]): JournalRecord[] {
  const groups = new Map<number, string[]>()
  for (const { command, restoredAtMs } of entries) if (restoredAtMs !== null) groups.set(restoredAtMs, [...(groups.get(restoredAtMs) ?? []), command.id])
  return [...groups].map(([atMs, ids]) => ({ type: 'restored', body: { ids, atMs } }))
}
