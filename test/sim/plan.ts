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
  'leadChange',
  'nextDay',
  'newColleague',
  'lock',
  'onlyJournalLeft',
  'onlyDatabaseLeft',
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
  readonly kind: 'act' | 'rarerAct' | FaultKind
  readonly client: number
}

export interface Plan {
  readonly seed: number
  readonly clients: readonly PersonName[]
  readonly steps: readonly Step[]
  /** Pages and batches of a few rows only, so that a small firm has many (small-limits.ts). Absent = as the product has them. */
  readonly hasSmallLimits?: boolean
  /** A quarter of the commands meet a database that refuses them, at once or late, or says nothing. */
  readonly doesDatabaseRefuse?: boolean
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

/** Offices that see every household besides those who cover some. */
const widerRosters: typeof rosters = [
  ...rosters,
  ['service', 'anna', 'supervisor'],
  ['compliance', 'anna', 'bela', 'controller'],
  ['supervisor', 'supervisor', 'anna'],
  ['service', 'compliance', 'cora', 'otherSupervisor'],
]

/** Seeds from here on draw all kinds, offices and small pages; those before keep the lives that tables and patches name. */
export const WIDER_FROM = 20_000
const NARROW_KINDS = faultKinds.slice(0, faultKinds.indexOf('leadChange'))
const WIDE_KINDS = faultKinds.slice(0, faultKinds.indexOf('onlyJournalLeft'))
/** These seeds have databases that refuse; all others keep their lives. */
const isRefusing = (seed: number): boolean => seed >= 40_000 && seed < 50_000
/** Seeds from here on draw some kinds more often; those before keep the lives that the planted bugs' patches name. */
export const WEIGHTED_FROM = 10_000
/** What happens more often than the rest, which count one: what it takes two things in one seed to show. */
const weights: Readonly<Partial<Record<FaultKind, number>>> = {
  restore: 4,
  rightsChange: 5,
  fsyncLie: 2,
  databaseWiped: 2,
  crashAtDatabase: 2,
  dropAnswer: 2,
  duplicate: 2,
  leadChange: 3,
  nextDay: 2,
  newColleague: 2,
}

function drawKinds(seed: number, random: Random): readonly FaultKind[] {
  if (seed < WEIGHTED_FROM) return random.shuffled(NARROW_KINDS).slice(0, random.int(1, 6))
  const count = random.int(1, 6)
  const drawn = random.shuffled((seed < WIDER_FROM ? NARROW_KINDS : WIDE_KINDS).flatMap((kind) => Array.from({ length: weights[kind] ?? 1 }, () => kind)))
  return [...new Set(drawn)].slice(0, count)
}

const drawRoster = (random: Random): readonly PersonName[] => rosters[Math.min(random.int(0, rosters.length - 1), random.int(0, rosters.length - 1))] ?? ['anna']

/** What came later is drawn apart and stands behind all other steps, so that most seeds keep their lives, and the rest their beginnings. */
const LATER_KINDS = faultKinds.slice(WIDE_KINDS.length)

function laterSteps(seed: number, index: number, draw: (random: Random) => Pick<Step, 'client' | 'atMs'>): readonly Step[] {
  const random = new Random(`later ${seed}`)
  if (seed < WIDER_FROM || !random.chance(0.25)) return []
  return Array.from({ length: random.int(1, 3) }, (_, i) => ({ index: index + i, kind: random.pick(LATER_KINDS), ...draw(random) }))
}

/** How often a kind happens in a seed at most. */
const mostTimes = (seed: number, kind: FaultKind): number => (seed >= WEIGHTED_FROM && (kind === 'rightsChange' || kind === 'leadChange') ? 5 : kind === 'newColleague' ? 1 : 3)

/** Each seed takes a few kinds of fault only: all at once would hide one behind the other. */
export function makePlan(seed: number): Plan {
  const random = new Random(`plan ${seed}`)
  const isWide = seed >= WIDER_FROM
  const clients = isWide ? random.pick(widerRosters) : drawRoster(random)
  const kinds = random.chance(0.05) ? [] : drawKinds(seed, random)
  const faults = kinds.flatMap((kind) => Array.from({ length: random.int(1, mostTimes(seed, kind)) }, () => kind))
  const acts = Array.from({ length: random.int(8, 12 + 3 * clients.length) }, () => (isWide && random.chance(0.35) ? ('rarerAct' as const) : ('act' as const)))
  const isCrowded = random.chance(0.4) // much at once, so that several commands are under way together
  const spanMs = isCrowded ? 20_000 : ACTIVE_MS - 10_000
  const draw = (from: Random) => ({ client: from.int(0, clients.length - 1), atMs: FIRST_MS + from.int(0, spanMs) })
  const first = [...faults, ...acts].map((kind, index) => ({ index, kind, ...draw(random) }))
  const steps = [...first, ...laterSteps(seed, first.length, draw)]
  return { seed, clients, steps, ...(isWide && random.chance(0.5) ? { hasSmallLimits: true } : {}), ...(isRefusing(seed) ? { doesDatabaseRefuse: true } : {}) }
}
