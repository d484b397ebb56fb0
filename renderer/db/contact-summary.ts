import { bridge } from '../bridge/window-api.ts'
import type { EntryFacts } from './entry-facts.ts'
import { packJson, unpackJson } from './page-text.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase, StoredMeta } from './replica-database.ts'
import { readHead } from './replica-head.ts'

/** By household, the entries on which its cadence of today and of later days rests. */
export type ContactSummary = ReadonlyMap<string, readonly EntryFacts[]>

interface StoredSummary {
  readonly counter: number // of the store when it was made: later pages are not in it
  readonly generation: number
  readonly entries: readonly EntryFacts[]
}

const DAY_MS = 86_400_000
/** Cadence looks back 30 days; a zone may add one at each end. */
const RECENT_MS = 32 * DAY_MS
/** Two instants so far apart are in this order in every zone's calendar. */
const ZONES_MS = 2 * DAY_MS
const HOUSEHOLDS_A_CHUNK = 100

const isTouch = (entry: EntryFacts): boolean => entry.isReached || entry.direction === 'inbound'

/**
 * The entries that a household's cadence needs on `nowMs` and after: the newest touches, attempts behind them, and what
 * is recent. Some five of 250.
 */
export function entriesForCadence(entries: readonly EntryFacts[], nowMs: number): readonly EntryFacts[] {
  const active = entries.filter((entry) => entry.state === 'active')
  const lastTouchMs = active.reduce((last, entry) => (isTouch(entry) ? Math.max(last, entry.occurredAtMs) : last), Number.NEGATIVE_INFINITY)
  return active.filter(({ occurredAtMs }) => occurredAtMs >= lastTouchMs - ZONES_MS || occurredAtMs >= nowMs - RECENT_MS)
}

const placeOf = (n: number): string => `meta|summary|${n}`

/**
 * Keeps the summary beside the pages, so that the next start shows whom to contact before 100,000 entries are opened.
 * Made in pieces between which the screen is free; where rows were removed meanwhile nothing of it is written.
 */
export async function writeSummary(db: ReplicaDatabase, replica: Pick<Replica, 'standing' | 'base' | 'list'>, nowMs: number, breathe: () => Promise<void>): Promise<void> {
  const { counter, generation } = replica.standing
  const entries: EntryFacts[] = []
  for (const [i, { id }] of replica.list('households').entries()) {
    if (i % HOUSEHOLDS_A_CHUNK === HOUSEHOLDS_A_CHUNK - 1) await breathe()
    entries.push(...entriesForCadence(replica.base.listFactsOf(id), nowMs))
  }
  const bytes = await packJson({ counter, generation, entries } satisfies StoredSummary)
  const sealed = bridge.cipher.seal(placeOf(counter), bytes)
  await db.saves.free()
  await db.transaction('rw', db.meta, async () => {
    const head = await readHead(db)
    if (head.generation === generation && (head.removedAt ?? 0) <= counter) await db.meta.put({ k: 'summary', n: counter, sealed })
  })
}

/**
 * @param generation of the store now
 * @param newestPageN of the pages with entries
 * @returns null where there is none, or it is older than what is stored. Throws where it was changed or moved.
 */
export async function openSummary(stored: StoredMeta | undefined, generation: number, newestPageN: number): Promise<ContactSummary | null> {
  if (!stored || stored.n < newestPageN) return null
  const summary = (await unpackJson(bridge.cipher.open(placeOf(stored.n), stored.sealed))) as StoredSummary
  if (summary.generation !== generation || summary.counter < newestPageN) return null
  return Map.groupBy(summary.entries, (entry) => entry.householdId)
}
