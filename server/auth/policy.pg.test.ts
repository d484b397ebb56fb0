import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CommandName, commands } from '../../shared/commands/registry.ts'
import { accountRow, logArgs, personRow, withoutRev } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import {
  absentId,
  addHousehold,
  type Case,
  cityEdit,
  claimId,
  confirm,
  confirmPart,
  dueEdit,
  entryId,
  followUpId,
  fourEyes,
  grant,
  hidden,
  importedFile,
  initiative,
  newClaim,
  newFollowUp,
  onFollowUp,
  splitOf,
  subjectEdit,
  withoutEntry,
  withoutHousehold,
} from '../../test/support/policy-args.ts'
import {
  adminId,
  advisorId,
  complianceId,
  controllerId,
  formerId,
  gonePersonId,
  household,
  marketingId,
  otherAdvisorId,
  serverFirm,
  serviceId,
  strangerId,
  supervisorId,
  workRows,
} from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { storeBlob } from '../files/blob-store.ts'

const cases: Readonly<Record<CommandName, Case>> = {
  'contact/log': {
    allowed: [advisorId, logArgs(9, 1)],
    refused: [
      hidden(logArgs(9, 3)),
      ['no such household', advisorId, logArgs(9, 8), 'access/not-found'],
      ['coverage ended yesterday', formerId, logArgs(9, 1), 'access/coverage-ended'],
      ['supervises, and the contact was ours', supervisorId, logArgs(9, 1), 'access/role'],
      ['a colleague who left was present', advisorId, logArgs(9, 1, { colleagueIds: [gonePersonId] }), 'contact/attendee-unknown'],
      ['pays someone who does not cover', advisorId, { ...logArgs(9, 1), claims: [{ ...withoutEntry(newClaim), creditSplit: splitOf(strangerId) }] }, 'outcome/split'],
      [
        'hands a promise to someone who does not cover',
        advisorId,
        { ...logArgs(9, 1), followUps: [withoutHousehold({ ...newFollowUp, assigneeId: strangerId })] },
        'follow-up/assignee',
      ],
      ['reads only', complianceId, logArgs(9, 1), 'access/role'],
      ['left the firm', gonePersonId, logArgs(9, 1), 'session/inactive'],
      ['an initiative that is not there', advisorId, { ...logArgs(9, 1), initiativeId: absentId }, 'access/not-found'],
      ['a time zone that is not there', advisorId, { ...logArgs(9, 1), zone: 'Moon/Crater' }, 'command/malformed'],
    ],
    malformed: { ...logArgs(9, 1), subject: 'nul \u0000' },
  },
  'contact/amend': {
    allowed: [advisorId, subjectEdit],
    refused: [
      ['not the author', otherAdvisorId, subjectEdit, 'access/not-author'],
      ['not even the supervisor', supervisorId, subjectEdit, 'access/not-author'],
      ['coverage ended', formerId, subjectEdit, 'access/coverage-ended'],
      ['does not see it', strangerId, subjectEdit, 'access/not-found'],
    ],
    malformed: { ...subjectEdit, edits: {} },
  },
  'contact/void': {
    allowed: [advisorId, { id: entryId, reason: 'Twice' }],
    refused: [
      ['not the author', otherAdvisorId, { id: entryId, reason: 'Twice' }, 'access/not-author'],
      ['does not see it', strangerId, { id: entryId, reason: 'Twice' }, 'access/not-found'],
    ],
    malformed: { id: entryId, reason: '' },
  },
  'follow-up/add': {
    allowed: [advisorId, newFollowUp],
    refused: [hidden({ ...newFollowUp, householdId: household(3) }), ['assignee does not cover', advisorId, { ...newFollowUp, assigneeId: strangerId }, 'follow-up/assignee']],
    malformed: { ...newFollowUp, dueOn: '12.6.2030' },
  },
  'follow-up/complete': {
    allowed: [supervisorId, onFollowUp],
    refused: [
      ['covers, but it is not theirs', otherAdvisorId, onFollowUp, 'access/not-author'],
      ['does not see it', strangerId, onFollowUp, 'access/not-found'],
    ],
    malformed: {},
  },
  'follow-up/reopen': {
    allowed: [advisorId, onFollowUp],
    refused: [
      ['covers, but it is not theirs', otherAdvisorId, onFollowUp, 'access/not-author'],
      ['does not see it', strangerId, onFollowUp, 'access/not-found'],
    ],
    malformed: { id: 1 },
  },
  'follow-up/snooze': {
    allowed: [advisorId, dueEdit],
    refused: [
      ['covers, but it is not theirs', otherAdvisorId, dueEdit, 'access/not-author'],
      ['coverage ended', formerId, dueEdit, 'access/coverage-ended'],
    ],
    malformed: { id: followUpId, edits: {} },
  },
  'follow-up/reassign': {
    allowed: [advisorId, { id: followUpId, edits: { assigneeId: { from: advisorId, to: otherAdvisorId } } }],
    refused: [
      ['to someone who does not cover', advisorId, { id: followUpId, edits: { assigneeId: { from: advisorId, to: strangerId } } }, 'follow-up/assignee'],
      ['to themselves, but it is not theirs', otherAdvisorId, { id: followUpId, edits: { assigneeId: { from: advisorId, to: otherAdvisorId } } }, 'access/not-author'],
    ],
    malformed: { id: followUpId, edits: { assigneeId: { to: otherAdvisorId } } },
  },
  'outcome/claim': {
    allowed: [
      otherAdvisorId,
      {
        ...newClaim,
        creditSplit: [
          { colleagueId: advisorId, shareBp: 4_000 },
          { colleagueId: otherAdvisorId, shareBp: 6_000 },
        ],
      },
    ],
    refused: [
      ['pays someone who does not cover', advisorId, { ...newClaim, creditSplit: splitOf(strangerId) }, 'outcome/split'],
      ['does not see the entry', strangerId, newClaim, 'access/not-found'],
    ],
    malformed: { ...newClaim, claimedMinor: -1 },
  },
  'outcome/edit': {
    allowed: [advisorId, { id: claimId, edits: { claimedMinor: { from: 200_000_000, to: 150_000_000 } }, answer: null }],
    refused: [
      ['not the maker', otherAdvisorId, { id: claimId, edits: { note: { from: '', to: 'x' } }, answer: null }, 'access/not-author'],
      ['pays someone who does not cover', advisorId, { id: claimId, edits: { creditSplit: { from: splitOf(advisorId), to: splitOf(strangerId) } }, answer: null }, 'outcome/split'],
    ],
    malformed: { id: claimId, edits: { state: { from: 'claimed', to: 'confirmed' } }, answer: null },
  },
  'outcome/withdraw': {
    allowed: [advisorId, { id: claimId, reason: 'Mistake' }],
    refused: [
      ['not the maker', otherAdvisorId, { id: claimId, reason: 'Mistake' }, 'access/not-author'],
      ['coverage ended', formerId, { id: claimId, reason: 'Mistake' }, 'access/coverage-ended'],
    ],
    malformed: { id: claimId },
  },
  'verification/import': {
    allowed: [controllerId, importedFile],
    refused: [['is no controller', advisorId, importedFile, 'access/role']],
    malformed: { ...importedFile, sizeBytes: -1 },
  },
  'verification/confirm': { allowed: [controllerId, confirm], refused: fourEyes(confirm), malformed: { ...confirm, reason: '' } },
  'verification/confirm-partly': {
    allowed: [controllerId, confirmPart],
    refused: fourEyes(confirmPart),
    malformed: { ...confirmPart, evidence: [{ activityId: idOf('line', 1), amountMinor: 0.5 }] },
  },
  'verification/reject': { allowed: [controllerId, { id: claimId, reason: 'No money' }], refused: fourEyes({ id: claimId, reason: 'No money' }), malformed: { id: claimId } },
  'verification/return': {
    allowed: [controllerId, { id: claimId, reason: 'Which?' }],
    refused: fourEyes({ id: claimId, reason: 'Which?' }),
    malformed: { id: claimId, reason: 5 },
  },
  'household/add': {
    allowed: [serviceId, addHousehold(strangerId)],
    refused: [
      ['names a lead who is not of the team', supervisorId, addHousehold(strangerId), 'access/role'],
      ['names another advisor', advisorId, addHousehold(otherAdvisorId), 'access/role'],
      ['names someone who left', serviceId, addHousehold(gonePersonId), 'access/role'],
      ['is an administrator', adminId, addHousehold(advisorId), 'access/role'],
    ],
    malformed: { ...addHousehold(advisorId), leadCoverageId: absentId },
  },
  'household/edit': {
    allowed: [supervisorId, cityEdit(2)],
    refused: [hidden(cityEdit(3)), ['no such household', advisorId, cityEdit(8), 'access/not-found']],
    malformed: { id: household(1), edits: { city: 'Graz' } },
  },
  'person/add': {
    allowed: [advisorId, withoutRev(personRow(9, [1]))],
    refused: [hidden(withoutRev(personRow(9, [1, 3]))), ['is in marketing', marketingId, withoutRev(personRow(9, [1])), 'access/role']],
    malformed: { ...withoutRev(personRow(9, [1])), memberships: [] },
  },
  'person/edit': {
    allowed: [serviceId, { id: idOf('person', 1), edits: { phone: { from: null, to: '+43 1 234' } } }],
    refused: [
      hidden({ id: idOf('person', 3), edits: { phone: { from: null, to: '1' } } }),
      [
        'into a household they do not see',
        advisorId,
        { id: idOf('person', 1), edits: { memberships: { from: personRow(1, [1]).memberships, to: personRow(1, [1, 3]).memberships } } },
        'access/not-found',
      ],
    ],
    malformed: { id: idOf('person', 1), edits: { email: { from: null, to: 'no address' } } },
  },
  'account/add': {
    allowed: [serviceId, withoutRev(accountRow(9, 1, { iban: 'AT022050302101023600' }))],
    refused: [hidden(withoutRev(accountRow(9, 3, { iban: 'AT022050302101023600' })))],
    malformed: { ...withoutRev(accountRow(9, 1)), owners: [] },
  },
  'account/edit': {
    allowed: [advisorId, { id: idOf('account', 1), edits: { name: { from: 'Depot', to: 'Cash' } } }],
    refused: [hidden({ id: idOf('account', 3), edits: { name: { from: 'Depot', to: 'Cash' } } })],
    malformed: { id: idOf('account', 1), edits: { name: { from: 'Depot', to: '' } } },
  },
  'coverage/grant': {
    allowed: [supervisorId, grant(2, advisorId)],
    refused: [
      ['a household that nobody of the team covers', supervisorId, grant(3, advisorId), 'access/not-found'],
      ['to a controller', supervisorId, grant(2, controllerId), 'access/role'],
      ['to someone who left', supervisorId, grant(2, gonePersonId), 'access/role'],
      ['is an advisor', advisorId, grant(1, advisorId), 'access/role'],
    ],
    malformed: { ...grant(2, advisorId), role: 'owner' },
  },
  'coverage/end': {
    allowed: [supervisorId, { id: idOf('coverage', 12), toOn: '2026-06-01' }],
    refused: [
      ['not of the team', supervisorId, { id: idOf('coverage', 3), toOn: '2026-06-01' }, 'access/not-found'],
      ['is an advisor', advisorId, { id: idOf('coverage', 12), toOn: '2026-06-01' }, 'access/role'],
    ],
    malformed: { id: idOf('coverage', 12), toOn: '2026-02-30' },
  },
  'initiative/add': {
    allowed: [marketingId, initiative],
    refused: [
      ['is an advisor', advisorId, initiative, 'access/role'],
      ['for someone who left', marketingId, { ...initiative, ownerId: gonePersonId }, 'access/not-found'],
    ],
    malformed: { ...initiative, budgetMinor: 1.5 },
  },
}

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
})
afterEach(() => host.close())

test('every command has its cases', () => {
  expect(Object.keys(cases).toSorted()).toEqual(commands.map((c) => c.name).toSorted())
})

for (const [name, { allowed, refused, malformed }] of Object.entries(cases)) {
  test(`[C4] ${name}: refuses what the policy forbids, then allows what it does not`, async () => {
    const sha256 = await storeBlob(host.db, new TextEncoder().encode('no statement'), 0)
    const withFile = (args: unknown): unknown => (name === 'verification/import' ? { ...(args as object), sha256 } : args)
    const before = await host.db.selectFrom('head').select('seq').executeTakeFirstOrThrow()
    expect(await host.run(allowed[0], { name, args: withFile(malformed) })).toBe('command/malformed')
    for (const [why, actorId, args, code] of refused) expect([why, await host.run(actorId, { name, args: withFile(args) })]).toEqual([why, code])
    expect(await host.db.selectFrom('head').select('seq').executeTakeFirstOrThrow()).toEqual(before) // [C3] nothing was written
    if (name === 'follow-up/reopen') await host.run(advisorId, { name: 'follow-up/complete', args: onFollowUp })
    expect(await host.run(allowed[0], { name, args: withFile(allowed[1]) })).toBeNull()
    expect(host.bugs).toEqual([])
  })
}
