import { expect } from 'vitest'
import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import { fileRow, lineRow } from '../bank-rows.ts'
import { advisorId, controllerId, type SeedRow } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'
import { type Case, claimId, entryId, log, logWithParts, newClaim } from './command-case.ts'

const confirm = (args: Partial<Extract<AnyCall, { name: 'verification/confirm' }>['args']> = {}): AnyCall => ({
  name: 'verification/confirm',
  args: { id: claimId, evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Agrees', ...args },
})

const bankLine = (over: Parameters<typeof lineRow>[0] = {}): readonly SeedRow[] => [
  { table: 'feedFiles', row: fileRow() },
  { table: 'accountActivities', row: lineRow(over) },
]

export const claimCases: readonly Case[] = [
  {
    title: 'edits a claim while it is open',
    given: [[advisorId, logWithParts]],
    call: { name: 'outcome/edit', args: { id: claimId, edits: { claimedMinor: { from: 200_000_000, to: 150_000_000 } }, answer: null } },
    holds: async (host) => expect(await host.find('outcomeClaims', claimId)).toMatchObject({ claimedMinor: 150_000_000, history: [{ what: 'claimed' }, { what: 'edited' }] }),
  },
  {
    title: 'refuses a split that does not make the whole',
    given: [[advisorId, log]],
    call: { name: 'outcome/claim', args: { ...newClaim, entryId, creditSplit: [{ colleagueId: advisorId, shareBp: 9_000 }] } },
    refused: 'outcome/split',
  },
  {
    title: 'refuses a pledge without the day on which it is expected',
    given: [[advisorId, log]],
    call: { name: 'outcome/claim', args: { ...newClaim, entryId, kind: 'pledge' } },
    refused: 'outcome/expected-needed',
  },
  {
    title: 'confirms a claim on a bank line and takes its money',
    seed: bankLine(),
    given: [[advisorId, logWithParts]],
    by: controllerId,
    call: confirm(),
    holds: async (host) => {
      expect(await host.find('outcomeClaims', claimId)).toMatchObject({
        state: 'confirmed',
        confirmedMinor: 200_000_000,
        decision: { byId: controllerId, evidence: [{ lineNo: 1 }] },
      })
      expect(await host.find('accountActivities', idOf('line', 1))).toMatchObject({ allocatedMinor: 200_000_000, rev: 2 })
    },
  },
  {
    title: 'refuses a confirmation without evidence',
    seed: bankLine(),
    given: [[advisorId, logWithParts]],
    by: controllerId,
    call: confirm({ evidence: [] }),
    refused: 'verification/evidence-needed',
  },
  {
    title: 'refuses a line whose money is used',
    seed: bankLine({ allocatedMinor: 50_000_000 }),
    given: [[advisorId, logWithParts]],
    by: controllerId,
    call: confirm(),
    refused: 'verification/line-used',
  },
  {
    title: 'refuses a line that is no evidence',
    seed: bankLine({ notEvidence: 'reversal' }),
    given: [[advisorId, logWithParts]],
    by: controllerId,
    call: confirm(),
    refused: 'verification/evidence-unfit',
  },
  {
    title: 'refuses to withdraw a claim that was rejected',
    given: [
      [advisorId, logWithParts],
      [controllerId, { name: 'verification/reject', args: { id: claimId, reason: 'No such money' } }],
    ],
    call: { name: 'outcome/withdraw', args: { id: claimId, reason: 'Mistake' } },
    refused: 'outcome/decided',
  },
  {
    title: 'returns a claim with a question, which its maker answers',
    given: [
      [advisorId, logWithParts],
      [controllerId, { name: 'verification/return', args: { id: claimId, reason: 'Which account?' } }],
    ],
    call: { name: 'outcome/edit', args: { id: claimId, edits: { note: { from: '', to: 'The cash account' } }, answer: 'The cash account' } },
    holds: async (host) => expect(await host.find('outcomeClaims', claimId)).toMatchObject({ state: 'claimed', question: null }),
  },
]
