import type { RowOf } from '../../shared/domain/tables.ts'
import { lineRow } from '../support/bank-rows.ts'
import { accountRow, coverageRow, entryRow, householdRow, logArgs, NOW_MS, personRow, type SeedRow, withoutRev } from '../support/firm-rows.ts'
import { advisorId, claimRow, household, marketingId, otherAdvisorId, strangerId, workRows } from '../support/server-firm.ts'
import { idOf } from '../support/test-id.ts'

export const makers = [advisorId, otherAdvisorId, strangerId] as const

/** A row with where it belongs and who made it. household null = the firm. */
export interface MatrixRow {
  readonly seed: SeedRow
  readonly households: readonly number[]
  readonly isConfidential: boolean
  readonly makerId: string | null
}

const split = (colleagueId: string) => [{ colleagueId, shareBp: 10_000 }]
/** Rows of household h have numbers 100·h …; ids of household 8 name nothing. */
export const numberOf = (h: number, isConfidential: boolean): number => h * 100 + (isConfidential ? 50 : 0)

function workOf(h: number, makerId: string, isConfidential: boolean): readonly SeedRow[] {
  const n = numberOf(h, isConfidential)
  const entryId = idOf('entry', n)
  const claim = claimRow({ id: idOf('claim', n), householdId: household(h), entryId, makerId, accountId: idOf('account', h), creditSplit: split(makerId) })
  const history = claim.history.map((e) => ({ ...e, byId: makerId }))
  const followUp: RowOf<'followUps'> = {
    id: idOf('follow-up', n),
    householdId: household(h),
    entryId,
    title: 'Send the offer',
    note: '',
    dueOn: '2030-06-12',
    remindAtMs: null,
    zone: 'Europe/Vienna',
    assigneeId: makerId,
    authorId: makerId,
    state: 'open',
    doneAtMs: null,
    rev: 1,
  }
  return [
    { table: 'contactEntries', row: entryRow(n, h, { authorId: makerId, colleagueIds: [makerId], isConfidential, claimIds: [claim.id], followUpIds: [followUp.id] }) },
    { table: 'followUps', row: followUp },
    { table: 'outcomeClaims', row: { ...claim, history } },
    { table: 'verificationCases', row: { id: claim.id, householdId: household(h), makerId, openedAtMs: NOW_MS, proposals: [], verdicts: [], rev: 1 } },
  ]
}

/** What is seeded beyond people and households. */
export const matrixRows = (): readonly MatrixRow[] => {
  const inHouseholds = makers.flatMap((makerId, i) => {
    const h = i + 1
    return [false, true].flatMap((isConfidential) => workOf(h, makerId, isConfidential).map((seed) => ({ seed, households: [h], isConfidential, makerId })))
  })
  const shared: MatrixRow = { seed: { table: 'persons', row: personRow(900, [1, 3]) }, households: [1, 3], isConfidential: false, makerId: null }
  const firm = workRows().filter(({ table }) => table === 'feedFiles')
  const lines = [1, 2, 3].map(
    (h) => ({ table: 'accountActivities', row: lineRow({ id: idOf('line', h), accountId: idOf('account', h), householdId: household(h), lineNo: h }) }) as const,
  )
  return [...inHouseholds, shared, ...[...firm, ...lines].map((seed) => ({ seed, households: [], isConfidential: false, makerId: null }))]
}

/** Rows that the firm of the tests has already: household, person, account and lead coverage of each. */
export const clientRows = (): readonly MatrixRow[] =>
  [1, 2, 3].flatMap((h) =>
    (
      [
        { table: 'households', row: householdRow(h) },
        { table: 'persons', row: personRow(h, [h]) },
        { table: 'accounts', row: accountRow(h, h) },
        { table: 'coverages', row: coverageRow(h, h, makers[h - 1] ?? advisorId) },
      ] as const
    ).map((seed) => ({ seed, households: [h], isConfidential: false, makerId: null })),
  )

let fresh = 100_000

/** The arguments of each command aimed at household h; everything that a command adds has a new id. */
export function callsAt(h: number, actorId: string): Readonly<Record<string, unknown>> {
  const n = numberOf(h, false)
  const id = (noun: string): string => idOf(noun, ++fresh)
  const [entryId, claimId, followUpId] = [idOf('entry', n), idOf('claim', n), idOf('follow-up', n)]
  const claim = { id: id('claim'), kind: 'mandate', accountId: null, claimedMinor: 100, currency: 'EUR', expectedOn: null, creditSplit: split(actorId), note: '' }
  const followUp = { id: id('follow-up'), householdId: household(h), title: 'Call', note: '', dueOn: '2030-06-12', remindAtMs: null, zone: 'Europe/Vienna', assigneeId: actorId }
  const confirm = { id: claimId, evidence: [{ activityId: idOf('line', h), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Agrees' }
  const { leadCoverageId: _lead, headPersonId: _head, ...stated } = withoutRev(householdRow(++fresh))
  const range = { kind: 'event', fromOn: '2026-01-01', toOn: '2026-01-01', place: '', budgetMinor: 0, currency: 'EUR', ownerId: marketingId }
  return {
    'contact/log': { ...logArgs(++fresh, h), personIds: [], colleagueIds: [actorId], direction: 'inbound' },
    'contact/amend': { id: entryId, edits: { subject: { from: 'guessed', to: 'Pension' } }, reason: null },
    'contact/void': { id: entryId, reason: 'Twice' },
    'follow-up/add': followUp,
    'follow-up/complete': { id: followUpId },
    'follow-up/reopen': { id: followUpId },
    'follow-up/snooze': { id: followUpId, edits: { dueOn: { from: '2030-06-12', to: '2030-06-15' } } },
    'follow-up/reassign': { id: followUpId, edits: { assigneeId: { from: makers[h - 1] ?? actorId, to: actorId } } },
    'outcome/claim': { ...claim, entryId },
    'outcome/edit': { id: claimId, edits: { note: { from: 'guessed', to: 'x' } } },
    'outcome/withdraw': { id: claimId, reason: 'Mistake' },
    'verification/import': { id: id('file'), sha256: 'e'.repeat(64), name: 'x.xml', sizeBytes: 1 },
    'verification/confirm': confirm,
    'verification/confirm-partly': { ...confirm, evidence: [{ activityId: idOf('line', h), amountMinor: 1 }] },
    'verification/reject': { id: claimId, reason: 'No money' },
    'verification/return': { id: claimId, reason: 'Which?' },
    'household/add': { ...stated, lead: { id: id('coverage'), colleagueId: actorId, fromOn: '2026-01-01' } },
    'household/edit': { id: household(h), edits: { city: { from: 'guessed', to: 'Graz' } } },
    'person/add': withoutRev(personRow(++fresh, [h])),
    'person/edit': { id: idOf('person', h), edits: { phone: { from: '+00', to: '1' } } },
    'account/add': { ...withoutRev(accountRow(++fresh, h)), iban: 'AT022050302101023600' },
    'account/edit': { id: idOf('account', h), edits: { name: { from: 'guessed', to: 'Cash' } } },
    'coverage/grant': withoutRev(coverageRow(++fresh, h, actorId, { role: 'specialist', fromOn: '2026-01-01' })),
    'coverage/end': { id: idOf('coverage', h), toOn: '2026-06-01' },
    'initiative/add': { id: id('initiative'), name: 'Night', ...range },
  }
}
