/** What the commands of the policy test say. */
import { coverageRow, householdRow, withoutRev } from './firm-rows.ts'
import { advisorId, controllerId, dependentControllerId, household, marketingId, supervisorId } from './server-firm.ts'
import { idOf } from './test-id.ts'

export type Refusal = readonly [why: string, actorId: string, args: unknown, code: string]

export interface Case {
  readonly allowed: readonly [actorId: string, args: unknown]
  readonly refused: readonly Refusal[]
  readonly malformed: unknown
}

export const entryId = idOf('entry', 1)
export const claimId = idOf('claim', 1)
export const followUpId = idOf('follow-up', 1)
export const absentId = idOf('absent', 1)

export const newFollowUp = {
  id: idOf('follow-up', 2),
  householdId: household(1),
  title: 'Call back',
  note: '',
  dueOn: '2030-06-12',
  remindAtMs: null,
  zone: 'Europe/Vienna',
  assigneeId: advisorId,
}
export const newClaim = {
  id: idOf('claim', 2),
  entryId,
  kind: 'deposit',
  accountId: idOf('account', 1),
  claimedMinor: 100,
  currency: 'EUR',
  expectedOn: null,
  creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
  note: '',
}
export const subjectEdit = { id: entryId, edits: { subject: { from: 'Yearly review', to: 'Pension' } }, reason: null }
export const splitOf = (colleagueId: string) => [{ colleagueId, shareBp: 10_000 }]
export const evidence = [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }]
export const confirm = { id: claimId, evidence, letterSha256: null, reason: 'Agrees' }
export const confirmPart = { ...confirm, evidence: [{ activityId: idOf('line', 1), amountMinor: 100_000_000 }] }
export const addHousehold = (leadId: string) => {
  const { leadCoverageId: _lead, headPersonId: _head, ...stated } = withoutRev(householdRow(9))
  return { ...stated, lead: { id: idOf('coverage', 9), colleagueId: leadId, fromOn: '2026-01-01' } }
}
export const cityEdit = (n: number) => ({ id: household(n), edits: { city: { from: 'Wien', to: 'Graz' } } })
export const grant = (householdN: number, colleagueId: string) => withoutRev(coverageRow(77, householdN, colleagueId, { role: 'specialist', fromOn: '2026-01-01' }))
export const onFollowUp = { id: followUpId }
export const dueEdit = { id: followUpId, edits: { dueOn: { from: '2030-06-12', to: '2030-06-15' } } }
export const initiative = {
  id: idOf('initiative', 1),
  name: 'Symphony night',
  kind: 'event',
  fromOn: '2026-01-01',
  toOn: '2026-01-01',
  place: '',
  budgetMinor: 0,
  currency: 'EUR',
  ownerId: marketingId,
}
export const importedFile = { id: idOf('file', 2), sha256: '', name: 'x.xml', sizeBytes: 1 } // sha256 is set by the test

/** Nobody sees household 3 but the stranger; a record of it is answered like one that does not exist. */
export const hidden = (args: unknown): Refusal => ['not theirs to see', advisorId, args, 'access/not-found']
export const fourEyes = (args: unknown): readonly Refusal[] => [
  ['reports to the maker', dependentControllerId, args, 'access/four-eyes'],
  ['is no controller', supervisorId, args, 'access/role'],
  ['is the maker', advisorId, args, 'access/role'],
  ['no such claim', controllerId, { ...(args as object), id: absentId }, 'access/not-found'],
]

export function withoutEntry({ entryId: _entryId, ...claim }: typeof newClaim): Omit<typeof newClaim, 'entryId'> {
  return claim
}
export function withoutHousehold({ householdId: _householdId, ...followUp }: typeof newFollowUp): Omit<typeof newFollowUp, 'householdId'> {
  return followUp
}
