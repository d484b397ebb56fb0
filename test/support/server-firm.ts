/** The firm of the server's tests: two households with leads of one team, one of another's, and everyone who may not. */
import type { RowOf } from '../../shared/domain/tables.ts'
import { addDays, localDateOf } from '../../shared/lib/local-date.ts'
import { fileRow, lineRow } from './bank-rows.ts'
import {
  advisorId,
  colleagueRow,
  controllerId,
  coverageRow,
  entryRow,
  firmRows,
  followUpRow,
  householdRows,
  NOW_MS,
  otherAdvisorId,
  type SeedRow,
  supervisorId,
} from './firm-rows.ts'
import { idOf } from './test-id.ts'

export const strangerId = idOf('colleague', 21) // an advisor of no team; leads household 3
export const formerId = idOf('colleague', 22) // covered household 1 until yesterday
export const serviceId = idOf('colleague', 23)
export const marketingId = idOf('colleague', 24)
export const complianceId = idOf('colleague', 25)
export const adminId = idOf('colleague', 26)
export const dependentControllerId = idOf('colleague', 27) // reports to someone who reports to the advisor
export const gonePersonId = idOf('colleague', 28) // left the firm

export const todayOn = localDateOf(NOW_MS, 'Europe/Vienna')
export const yesterdayOn = addDays(todayOn, -1)
export const household = (n: number): string => idOf('household', n)

const middleId = idOf('colleague', 29)

const colleagues: readonly RowOf<'colleagues'>[] = [
  colleagueRow(strangerId, 'advisor', 'Stella Fremd'),
  colleagueRow(formerId, 'advisor', 'Frank Former'),
  colleagueRow(serviceId, 'service', 'Sonja Dienst'),
  colleagueRow(marketingId, 'marketing', 'Max Markt'),
  colleagueRow(complianceId, 'compliance', 'Clara Recht'),
  colleagueRow(adminId, 'admin', 'Adam Amt'),
  { ...colleagueRow(middleId, 'controller', 'Mia Mitte'), managerId: advisorId },
  { ...colleagueRow(dependentControllerId, 'controller', 'Karin Klein'), managerId: middleId },
  { ...colleagueRow(gonePersonId, 'advisor', 'Greta Gone'), isActive: false },
]

/** Of the account of household 1, 2 or 3. */
export const iban = (n: number): string => ['AT611904300234573201', 'AT483200000012345864', 'DE89370400440532013000'][n - 1] ?? ''

/** A deposit that the advisor claims for the entry of household 1. */
export const claimRow = (over: Partial<RowOf<'outcomeClaims'>> = {}): RowOf<'outcomeClaims'> => ({
  id: idOf('claim', 1),
  householdId: household(1),
  entryId: idOf('entry', 1),
  makerId: advisorId,
  kind: 'deposit',
  accountId: idOf('account', 1),
  claimedMinor: 200_000_000,
  fundedMinor: 0,
  confirmedMinor: 0,
  currency: 'EUR',
  contactOn: '2026-06-02',
  expectedOn: null,
  creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
  note: '',
  state: 'claimed',
  claimedAtMs: NOW_MS,
  question: null,
  decision: null,
  history: [{ atMs: NOW_MS, byId: advisorId, what: 'claimed', amountMinor: 200_000_000, text: null }],
  rev: 1,
  ...over,
})

/** People and households; household 1 is the advisor's, 2 the other advisor's (same team), 3 the stranger's. */
export const serverFirm = (): readonly SeedRow[] => [
  ...firmRows(),
  ...colleagues.map((row) => ({ table: 'colleagues', row }) as const),
  ...householdRows(2, otherAdvisorId, { iban: iban(2) }),
  ...householdRows(3, strangerId, { iban: iban(3) }),
  { table: 'coverages', row: coverageRow(11, 1, formerId, { role: 'specialist', toOn: yesterdayOn }) },
  { table: 'coverages', row: coverageRow(12, 1, otherAdvisorId, { role: 'specialist' }) },
]

/** In household 1: an entry, a follow-up, a claim with its case, and the bank line that proves it. */
export const workRows = (): readonly SeedRow[] => [
  { table: 'contactEntries', row: entryRow(1, 1, { claimIds: [idOf('claim', 1)] }) },
  { table: 'followUps', row: followUpRow(1, 1, { dueOn: '2030-06-12' }) },
  { table: 'outcomeClaims', row: claimRow() },
  { table: 'verificationCases', row: { id: idOf('claim', 1), householdId: household(1), makerId: advisorId, openedAtMs: NOW_MS, proposals: [], verdicts: [], rev: 1 } },
  { table: 'feedFiles', row: fileRow() },
  { table: 'accountActivities', row: lineRow() },
]

export { advisorId, controllerId, otherAdvisorId, supervisorId }
