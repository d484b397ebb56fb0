import type { PersonName } from './server/sim-firm.ts'
import type { ExchangeFault } from './world/network.ts'
import { Random } from './world/random.ts'

/** Everything that can be made to go wrong, besides what people do. */
export const faultKinds = [
  'dropRequest',
  'dropAnswer',
  'partitionUp',
  'partitionDown',
  'duplicate',
  'delay',
  'halfOpen',
  'truncated',
  'flipped',
  'status408',
  'status429',
  'status500',
  'status502',
  'status503',
  'statusAfter',
  'cut',
  'serverAway',
  'crashServer',
  'crashBeforeCommit',
  'crashAfterCommit',
  'restore',
  'serialization',
  'deadlock',
  'connection',
  'longTransaction',
  'crashAtDisk',
  'crashAtDatabase',
  'powerCut',
  'crashWindow',
  'fsyncLie',
  'databaseWiped',
  'databaseRolledBack',
  'diskFull',
  'clockJump',
  'clockDrift',
  'tokenExpiry',
  'rightsChange',
  'outdated',
] as const
export type FaultKind = (typeof faultKinds)[number]

export const exchangeFaults: Readonly<Partial<Record<FaultKind, ExchangeFault>>> = {
  dropRequest: 'dropRequest',
  dropAnswer: 'dropAnswer',
  partitionUp: 'dropRequest',
  partitionDown: 'dropAnswer',
  duplicate: 'duplicate',
  delay: 'delay',
  halfOpen: 'halfOpen',
  truncated: 'truncated',
  flipped: 'flipped',
  status408: 'status408',
  status429: 'status429',
  status500: 'status500',
  status502: 'status502',
  status503: 'status503',
  statusAfter: 'statusAfter',
}

/** One thing that happens at a time of its own. Its index names it: leaving others out leaves it as it is. */
export interface Step {
  readonly index: number
  readonly atMs: number
  readonly kind: 'act' | FaultKind
  readonly client: number
}

export interface Plan {
  readonly seed: number
  readonly clients: readonly PersonName[]
  readonly steps: readonly Step[]
}

/** People act and faults happen up to here; then all is mended. */
export const ACTIVE_MS = 90_000
const FIRST_MS = 1_500

/** Two devices of one person come first often, since they share everything. */
const rosters: readonly (readonly PersonName[])[] = [
  ['anna', 'anna'],
  ['anna', 'bela'],
  ['anna', 'bela', 'supervisor'],
  ['anna', 'anna', 'bela'],
  ['anna', 'controller', 'supervisor'],
  ['anna', 'cora', 'supervisor', 'controller'],
  ['anna', 'anna', 'bela', 'supervisor'],
  ['supervisor', 'otherSupervisor', 'anna', 'cora'],
  ['anna', 'bela', 'cora', 'supervisor', 'controller'],
  ['anna', 'anna', 'bela', 'cora', 'supervisor', 'controller'],
]

/** Seeds from here on draw some kinds more often; those before keep the lives that the planted bugs' patches name. */
export const WEIGHTED_FROM = 10_000
/** What happens more often than the rest, which count one: what it takes two things in one seed to show. */
const weights: Readonly<Partial<Record<FaultKind, number>>> = { restore: 4, rightsChange: 5, fsyncLie: 2, databaseWiped: 2, crashAtDatabase: 2, dropAnswer: 2, duplicate: 2 }

function drawKinds(seed: number, random: Random): readonly FaultKind[] {
  if (seed < WEIGHTED_FROM) return random.shuffled(faultKinds).slice(0, random.int(1, 6))
  const count = random.int(1, 6)
  const drawn = random.shuffled(faultKinds.flatMap((kind) => Array.from({ length: weights[kind] ?? 1 }, () => kind)))
  return [...new Set(drawn)].slice(0, count)
}

/** Each seed takes a few kinds of fault only: all at once would hide one behind the other. */
export function makePlan(seed: number): Plan {
  const random = new Random(`plan ${seed}`)
  const clients = rosters[Math.min(random.int(0, rosters.length - 1), random.int(0, rosters.length - 1))] ?? ['anna']
  const kinds = random.chance(0.05) ? [] : drawKinds(seed, random)
  const faults = kinds.flatMap((kind) => Array.from({ length: random.int(1, seed >= WEIGHTED_FROM && kind === 'rightsChange' ? 5 : 3) }, () => kind))
  const acts = Array.from({ length: random.int(8, 12 + 3 * clients.length) }, () => 'act' as const)
  const isCrowded = random.chance(0.4) // much at once, so that several commands are under way together
  const spanMs = isCrowded ? 20_000 : ACTIVE_MS - 10_000
  const steps = [...faults, ...acts].map((kind, index) => ({ index, kind, client: random.int(0, clients.length - 1), atMs: FIRST_MS + random.int(0, spanMs) }))
  return { seed, clients, steps }
}
