import { expect } from 'vitest'
import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import type { QuietPeriod } from '../../../shared/domain/household/household.ts'
import { advisorId, controllerId, entryRow, logArgs, NOW_MS } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'
import { type Case, claimId, entryId, followUpId, log, logWithParts, newClaim } from './command-case.ts'

const DAY_MS = 86_400_000
const mourning: QuietPeriod = { fromOn: '2020-01-01', toOn: null, kind: 'bereavement', reason: 'The father has died' }
const beginQuiet: AnyCall = { name: 'household/edit', args: { id: idOf('household', 1), edits: { quietPeriods: { from: [], to: [mourning] } } } }

export const contactCases: readonly Case[] = [
  {
    title: 'logs a contact with its follow-up and claim in one piece',
    call: logWithParts,
    holds: async (host) => {
      expect(await host.find('contactEntries', entryId)).toMatchObject({ authorId: advisorId, rev: 1, state: 'active', followUpIds: [followUpId], claimIds: [claimId] })
      expect(await host.find('followUps', followUpId)).toMatchObject({ entryId, state: 'open', authorId: advisorId })
      expect(await host.find('outcomeClaims', claimId)).toMatchObject({ makerId: advisorId, state: 'claimed' })
      expect(await host.find('verificationCases', claimId)).toMatchObject({ makerId: advisorId, proposals: [] })
    },
  },
  {
    title: '[C3] logs nothing when one part is refused',
    call: { ...logWithParts, args: { ...logWithParts.args, claims: [{ ...newClaim, currency: 'CHF' }] } },
    refused: 'outcome/currency',
  },
  {
    title: 'refuses an attendee of another household',
    call: { name: 'contact/log', args: logArgs(1, 1, { personIds: [idOf('person', 99)] }) },
    refused: 'contact/attendee-unknown',
  },
  { title: 'refuses a contact in the future', call: { name: 'contact/log', args: logArgs(1, 1, { occurredAtMs: NOW_MS + 3 * DAY_MS }) }, refused: 'contact/in-the-future' },
  { title: 'refuses an id that is taken', given: [[advisorId, log]], call: log, refused: 'conflict/exists' },
  { title: 'refuses what does not fit the schema', call: { name: 'contact/log', args: { ...log.args, subject: '' } }, refused: 'command/malformed' },
  { title: 'refuses a member it does not know', call: { name: 'contact/log', args: { ...log.args, rev: 7 } }, refused: 'command/malformed' },
  { title: 'refuses a command that is not registered', call: { name: 'contact/delete', args: {} }, refused: 'command/unknown' },
  {
    title: '[C6] amends a field and keeps what it was',
    given: [[advisorId, log]],
    call: { name: 'contact/amend', args: { id: entryId, edits: { subject: { from: 'Yearly review', to: 'Pension' } }, reason: null } },
    holds: async (host) =>
      expect(await host.find('contactEntries', entryId)).toMatchObject({ subject: 'Pension', rev: 2, versions: [{ version: 1, before: { subject: 'Yearly review' } }] }),
  },
  {
    title: '[C5] refuses an amendment of a field that holds something else by now',
    given: [[advisorId, log]],
    call: { name: 'contact/amend', args: { id: entryId, edits: { subject: { from: 'Something', to: 'Pension' } }, reason: null } },
    refused: 'conflict/field',
  },
  {
    title: 'asks a reason for an amendment after 24 hours',
    seed: [{ table: 'contactEntries', row: entryRow(1, 1, { recordedAtMs: NOW_MS - 2 * DAY_MS, receivedAtMs: NOW_MS - 2 * DAY_MS }) }],
    call: { name: 'contact/amend', args: { id: entryId, edits: { subject: { from: 'Yearly review', to: 'Pension' } }, reason: null } },
    refused: 'contact/reason-needed',
  },
  {
    title: 'voids an entry, withdraws its open claim and closes its follow-up',
    given: [[advisorId, logWithParts]],
    call: { name: 'contact/void', args: { id: entryId, reason: 'Logged twice' } },
    holds: async (host) => {
      expect(await host.find('contactEntries', entryId)).toMatchObject({ state: 'voided', voidReason: 'Logged twice' })
      expect(await host.find('outcomeClaims', claimId)).toMatchObject({ state: 'withdrawn' })
      expect(await host.find('followUps', followUpId)).toMatchObject({ state: 'done' })
    },
  },
  {
    title: 'refuses to amend a voided entry',
    given: [
      [advisorId, log],
      [advisorId, { name: 'contact/void', args: { id: entryId, reason: 'Twice' } }],
    ],
    call: { name: 'contact/amend', args: { id: entryId, edits: { subject: { from: 'Yearly review', to: 'x' } }, reason: null } },
    refused: 'contact/voided',
  },
  {
    title: 'refuses to void an entry on whose claim a controller has decided',
    given: [
      [advisorId, logWithParts],
      [controllerId, { name: 'verification/reject', args: { id: claimId, reason: 'No such money' } }],
    ],
    call: { name: 'contact/void', args: { id: entryId, reason: 'Logged twice' } },
    refused: 'contact/has-decided-claim',
  },
  {
    title: 'refuses a contact that we begin in a quiet period',
    given: [[advisorId, beginQuiet]],
    call: log,
    refused: 'contact/quiet-period',
  },
  {
    title: 'logs a contact that the client begins in a quiet period',
    given: [[advisorId, beginQuiet]],
    call: { name: 'contact/log', args: { ...log.args, direction: 'inbound' } },
  },
]
