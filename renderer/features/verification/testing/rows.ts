/** Rows for unit tests: valid by their schemas, each field open to change. */
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { AccountActivity } from '../../../../shared/domain/feed/account-activity.ts'
import type { FeedFile } from '../../../../shared/domain/feed/feed-file.ts'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import type { CaseProposal, VerificationCase } from '../../../../shared/domain/verification/verification-case.ts'

/** A readable id that passes as a UUID: `idOf('claim', 1)` is the same in every test. */
export function idOf(kind: string, n: number): string {
  const head = [...kind].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 0xffffffff, 7)
  return `${head.toString(16).padStart(8, '0')}-0000-7000-8000-${String(n).padStart(12, '0')}`
}

export const makerId = idOf('colleague', 1)
export const controllerId = idOf('colleague', 2)
export const householdId = idOf('household', 1)
const JUNE_1_MS = Date.UTC(2026, 5, 1, 9)

export const aColleague = (over: Partial<Colleague> = {}): Colleague => ({
  id: controllerId,
  name: 'Ines Koller',
  email: 'ines.koller@rapport.example',
  role: 'controller',
  title: 'Controller',
  teamId: null,
  managerId: null,
  isActive: true,
  rev: 1,
  ...over,
})

export const aClaim = (over: Partial<OutcomeClaim> = {}): OutcomeClaim => ({
  id: idOf('claim', 1),
  householdId,
  entryId: idOf('entry', 1),
  makerId,
  kind: 'deposit',
  accountId: idOf('account', 1),
  claimedMinor: 200_000_000,
  fundedMinor: 0,
  confirmedMinor: 0,
  currency: 'EUR',
  contactOn: '2026-06-01',
  expectedOn: null,
  creditSplit: [{ colleagueId: makerId, shareBp: 10_000 }],
  note: '',
  state: 'claimed',
  claimedAtMs: JUNE_1_MS,
  question: null,
  decision: null,
  history: [{ atMs: JUNE_1_MS, byId: makerId, what: 'claimed', amountMinor: 200_000_000, text: null }],
  rev: 1,
  ...over,
})

export const aCase = (over: Partial<VerificationCase> = {}): VerificationCase => ({
  id: idOf('claim', 1),
  householdId,
  makerId,
  openedAtMs: JUNE_1_MS,
  proposals: [],
  verdicts: [],
  rev: 1,
  ...over,
})

export const aProposal = (over: Partial<CaseProposal> = {}): CaseProposal => ({
  kind: 'reference',
  activityIds: [idOf('line', 1)],
  amountMinor: 200_000_000,
  agreed: [{ what: 'amount', claimed: 200_000_000, found: 200_000_000 }],
  differed: [],
  exceptions: [],
  score: 400,
  ...over,
})

export const aVerdict = (over: Partial<VerificationCase['verdicts'][number]> = {}): VerificationCase['verdicts'][number] => ({
  decision: 'approved',
  byId: controllerId,
  atMs: JUNE_1_MS,
  reason: 'Agrees',
  amountMinor: 200_000_000,
  evidence: [],
  letterSha256: null,
  ...over,
})

export const aBankLine = (n: number, over: Partial<AccountActivity> = {}): AccountActivity => ({
  id: idOf('line', n),
  fileId: idOf('file', 1),
  fileSha256: 'a'.repeat(64),
  fileName: 'june.xml',
  statementId: 'S-1',
  lineNo: n,
  iban: 'AT611904300234573201',
  accountId: idOf('account', 1),
  householdId,
  direction: 'credit',
  amountMinor: 200_000_000,
  currency: 'EUR',
  status: 'booked',
  isReversal: false,
  bookedOn: '2026-06-03',
  valueOn: '2026-06-03',
  counterpartyName: 'Nagy Istvan',
  counterpartyIban: null,
  remittance: 'Deposit',
  endToEndId: null,
  notEvidence: null,
  allocatedMinor: 0,
  rev: 1,
  ...over,
})

export const aFeedFile = (over: Partial<FeedFile> = {}): FeedFile => ({
  id: idOf('file', 1),
  sha256: 'a'.repeat(64),
  name: 'june.xml',
  sizeBytes: 4_000,
  importedById: controllerId,
  importedAtMs: JUNE_1_MS,
  state: 'imported',
  format: 'camt.053',
  statementCount: 1,
  lineCount: 2,
  proposalCount: 1,
  quarantined: [],
  rev: 1,
  ...over,
})
