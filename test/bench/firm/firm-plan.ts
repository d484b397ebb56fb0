import type { RowOf } from '../../../shared/domain/tables.ts'
import { makeRandom, type Random } from './random.ts'

/** Rows of one household and what hangs on it. */
export interface HouseholdRows {
  readonly households: RowOf<'households'>
  readonly persons: readonly RowOf<'persons'>[]
  readonly accounts: readonly RowOf<'accounts'>[]
  readonly coverages: readonly RowOf<'coverages'>[]
  readonly contactEntries: readonly RowOf<'contactEntries'>[]
  readonly followUps: readonly RowOf<'followUps'>[]
}

/** How entries are spread over households, and those over advisors. */
export interface FirmShape {
  readonly entriesAHousehold: number
  readonly householdsAnAdvisor: number
}
export const USUAL_SHAPE: FirmShape = { entriesAHousehold: 250, householdsAnAdvisor: 40 }
const DAY_MS = 86_400_000
const FIRST_MS = Date.UTC(2022, 0, 3, 8)

const CHANNELS = ['phone', 'phone', 'inPerson', 'video', 'email'] as const
const PURPOSES = ['review', 'proposal', 'service', 'relationship'] as const
const CITIES = ['Wien', 'Graz', 'Budapest', 'Salzburg', 'Linz'] as const

export interface FirmPlan {
  readonly entryCount: number
  readonly colleagues: readonly RowOf<'colleagues'>[]
  readonly supervisorId: string
  readonly complianceId: string
  readonly advisorIds: readonly string[]
  readonly householdCount: number
  /** The same household each time it is asked for. */
  readonly household: (index: number) => HouseholdRows
}

/** A firm of `entryCount` entries, as a rule 250 a household and 40 households an advisor; one supervisor above all of them. */
export function planFirm(entryCount: number, { entriesAHousehold, householdsAnAdvisor }: FirmShape = USUAL_SHAPE): FirmPlan {
  const random = makeRandom(`firm ${entryCount}`)
  const householdCount = Math.max(1, Math.round(entryCount / entriesAHousehold))
  const supervisorId = random.id()
  const complianceId = random.id()
  const advisorIds = Array.from({ length: Math.ceil(householdCount / householdsAnAdvisor) }, () => random.id())
  const colleagues = [
    colleague(supervisorId, 'supervisor', 'sara.lang', null),
    colleague(complianceId, 'compliance', 'clara.recht', null),
    ...advisorIds.map((id, i) => colleague(id, 'advisor', `advisor.${i}`, supervisorId)),
  ]
  const household = (index: number): HouseholdRows => {
    const own = makeRandom(`household ${index}`)
    const advisorId = advisorIds[Math.floor(index / householdsAnAdvisor)] ?? ''
    const from = Math.floor((index * entryCount) / householdCount)
    const to = Math.floor(((index + 1) * entryCount) / householdCount)
    return makeHousehold(own, index, advisorId, to - from)
  }
  return { entryCount, colleagues, supervisorId, complianceId, advisorIds, householdCount, household }
}

const colleague = (id: string, role: RowOf<'colleagues'>['role'], name: string, managerId: string | null): RowOf<'colleagues'> => ({
  id,
  name,
  email: `${name}@bench.example`,
  role,
  title: role,
  teamId: null,
  managerId,
  isActive: true,
  rev: 1,
})

function makeHousehold(random: Random, index: number, advisorId: string, entryCount: number): HouseholdRows {
  const id = random.id()
  const coverageId = random.id()
  const personIds = [random.id(), random.id()]
  const name = `${random.word()}${index}`
  return {
    households: {
      id,
      name,
      kind: 'family',
      relationship: 'client',
      tier: random.pick(['A', 'B', 'C']),
      country: 'AT',
      city: random.pick(CITIES),
      language: 'de',
      assetsMinor: random.int(9_000_000_00),
      currency: 'EUR',
      headPersonId: personIds[0] ?? null,
      leadCoverageId: coverageId,
      quietPeriods: [],
      rev: 1,
    },
    persons: personIds.map((personId, i) => ({
      id: personId,
      name: `${random.word()} ${name}`,
      memberships: [{ householdId: id, role: i === 0 ? 'head' : 'partner' }],
      birthOn: '1960-05-04',
      email: null,
      phone: null,
      rev: 1,
    })) as RowOf<'persons'>[],
    accounts: [
      {
        id: random.id(),
        householdId: id,
        name: 'Depot',
        kind: 'custody',
        iban: null,
        custodian: 'Bank',
        number: String(index),
        currency: 'EUR',
        owners: [{ personId: personIds[0] ?? '', shareBp: 10_000 }],
        openedOn: null,
        closedOn: null,
        rev: 1,
      },
    ],
    coverages: [{ id: coverageId, householdId: id, colleagueId: advisorId, role: 'lead', fromOn: '2020-01-01', toOn: null, rev: 1 }],
    contactEntries: Array.from({ length: entryCount }, (_, i) => makeEntry(random, id, advisorId, personIds, FIRST_MS + i * 5 * DAY_MS)),
    followUps: Array.from({ length: Math.floor(entryCount / 20) }, () => makeFollowUp(random, id, advisorId)),
  }
}

/** About 740 bytes of JSON, of which about 110 are the note. */
export function makeEntry(random: Random, householdId: string, authorId: string, personIds: readonly string[], atMs: number): RowOf<'contactEntries'> {
  const occurredAtMs = atMs + random.int(8 * 3_600_000)
  return {
    id: random.id(occurredAtMs),
    householdId,
    authorId,
    channel: random.pick(CHANNELS),
    direction: random.pick(['outbound', 'inbound']),
    occurredAtMs,
    zone: 'Europe/Vienna',
    lengthMinutes: 5 * (1 + random.int(12)),
    place: '',
    personIds: personIds.slice(0, 1 + random.int(2)),
    colleagueIds: [authorId],
    isReached: random.int(5) > 0,
    purpose: random.pick(PURPOSES),
    subject: random.sentence(3 + random.int(3)),
    note: random.sentence(8 + random.int(14)),
    initiativeId: null,
    isConfidential: random.int(50) === 0,
    recordedAtMs: occurredAtMs + 600_000,
    receivedAtMs: occurredAtMs + 660_000,
    state: 'active',
    voidReason: null,
    versions: [],
    followUpIds: [],
    claimIds: [],
    rev: 1,
  }
}

const makeFollowUp = (random: Random, householdId: string, authorId: string): RowOf<'followUps'> => ({
  id: random.id(),
  householdId,
  entryId: null,
  title: random.sentence(4),
  note: '',
  dueOn: '2026-01-15',
  remindAtMs: null,
  zone: 'Europe/Vienna',
  assigneeId: authorId,
  authorId,
  state: 'open',
  doneAtMs: null,
  rev: 1,
})
