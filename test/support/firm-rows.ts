/** A small firm for tests of commands and sync: valid rows, each field open to change. */
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import { idOf } from './test-id.ts'

/** A row as the command that adds it states it: the host counts revisions. */
export const withoutRev = <R extends { readonly rev: number }>({ rev: _rev, ...rest }: R): Omit<R, 'rev'> => rest

/** The present, since commands that a client makes carry the device's clock. */
export const NOW_MS = Date.now()
export const advisorId = idOf('colleague', 11)
export const controllerId = idOf('colleague', 12)
export const otherAdvisorId = idOf('colleague', 13)
export const supervisorId = idOf('colleague', 14)

/** A row with its table, as a server or a test host is seeded. */
export type SeedRow = { [T in TableName]: { readonly table: T; readonly row: RowOf<T> } }[TableName]

export const colleagueRow = (id: string, role: RowOf<'colleagues'>['role'], name: string): RowOf<'colleagues'> => ({
  id,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@rapport.example`,
  role,
  title: role,
  teamId: null,
  managerId: null,
  isActive: true,
  rev: 1,
})

export const householdRow = (n: number, over: Partial<RowOf<'households'>> = {}): RowOf<'households'> => ({
  id: idOf('household', n),
  name: `Household ${n}`,
  kind: 'family',
  relationship: 'client',
  tier: 'A',
  country: 'AT',
  city: 'Wien',
  language: 'de',
  assetsMinor: 500_000_000,
  currency: 'EUR',
  headPersonId: null,
  leadCoverageId: idOf('coverage', n),
  quietPeriods: [],
  rev: 1,
  ...over,
})

export const personRow = (n: number, householdNs: readonly number[], over: Partial<RowOf<'persons'>> = {}): RowOf<'persons'> => ({
  id: idOf('person', n),
  name: `Person ${n}`,
  memberships: householdNs.map((h) => ({ householdId: idOf('household', h), role: 'partner' })),
  birthOn: null,
  email: null,
  phone: null,
  rev: 1,
  ...over,
})

export const accountRow = (n: number, householdN: number, over: Partial<RowOf<'accounts'>> = {}): RowOf<'accounts'> => ({
  id: idOf('account', n),
  householdId: idOf('household', householdN),
  name: 'Depot',
  kind: 'cash',
  iban: 'AT611904300234573201',
  custodian: null,
  number: null,
  currency: 'EUR',
  owners: [{ personId: idOf('person', householdN), shareBp: 10_000 }],
  openedOn: null,
  closedOn: null,
  rev: 1,
  ...over,
})

export const coverageRow = (n: number, householdN: number, colleagueId: string, over: Partial<RowOf<'coverages'>> = {}): RowOf<'coverages'> => ({
  id: idOf('coverage', n),
  householdId: idOf('household', householdN),
  colleagueId,
  role: 'lead',
  fromOn: '2020-01-01',
  toOn: null,
  rev: 1,
  ...over,
})

export const entryRow = (n: number, householdN: number, over: Partial<RowOf<'contactEntries'>> = {}): RowOf<'contactEntries'> => ({
  id: idOf('entry', n),
  householdId: idOf('household', householdN),
  authorId: advisorId,
  ...statement(),
  recordedAtMs: NOW_MS - 3_600_000,
  receivedAtMs: NOW_MS - 3_600_000,
  state: 'active',
  voidReason: null,
  versions: [],
  followUpIds: [],
  claimIds: [],
  rev: 1,
  ...over,
})

/** What a person states of a contact: a call two hours ago. */
export const statement = () => ({
  channel: 'phone' as const,
  direction: 'outbound' as const,
  occurredAtMs: NOW_MS - 7_200_000,
  zone: 'Europe/Vienna',
  lengthMinutes: 20,
  place: '',
  personIds: [] as string[],
  colleagueIds: [advisorId],
  isReached: true,
  purpose: 'review' as const,
  subject: 'Yearly review',
  note: 'Spoke about the pension.',
  initiativeId: null,
  isConfidential: false,
})

/** Arguments of 'contact/log' for a household. */
export const logArgs = (entryN: number, householdN: number, over: Partial<ReturnType<typeof statement>> = {}) => ({
  id: idOf('entry', entryN),
  householdId: idOf('household', householdN),
  ...statement(),
  ...over,
  followUps: [],
  claims: [],
})

export const followUpRow = (n: number, householdN: number, over: Partial<RowOf<'followUps'>> = {}): RowOf<'followUps'> => ({
  id: idOf('follow-up', n),
  householdId: idOf('household', householdN),
  entryId: null,
  title: 'Send the offer',
  note: '',
  dueOn: '2026-11-20',
  remindAtMs: null,
  zone: 'Europe/Vienna',
  assigneeId: advisorId,
  authorId: advisorId,
  state: 'open',
  doneAtMs: null,
  rev: 1,
  ...over,
})

/** Household `n` with one person, one account and the advisor's lead coverage. */
export const householdRows = (n: number, leadId = advisorId, account: Partial<RowOf<'accounts'>> = {}): readonly SeedRow[] => [
  { table: 'households', row: householdRow(n) },
  { table: 'persons', row: personRow(n, [n]) },
  { table: 'accounts', row: accountRow(n, n, account) },
  { table: 'coverages', row: coverageRow(n, n, leadId) },
]

/** Our people, and household 1. */
export const firmRows = (): readonly SeedRow[] => [
  { table: 'colleagues', row: colleagueRow(supervisorId, 'supervisor', 'Sara Lang') },
  { table: 'colleagues', row: { ...colleagueRow(advisorId, 'advisor', 'Anna Ory'), managerId: supervisorId } },
  { table: 'colleagues', row: { ...colleagueRow(otherAdvisorId, 'advisor', 'Otto Berg'), managerId: supervisorId } },
  { table: 'colleagues', row: colleagueRow(controllerId, 'controller', 'Karl Prufer') },
  ...householdRows(1),
]
