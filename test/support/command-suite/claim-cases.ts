import { expect } from 'vitest'
import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import { fileRow, lineRow } from '../bank-rows.ts'
import { advisorId, colleagueRow, controllerId, type SeedRow } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'
import { type CallOf, type Case, claimId, entryId, log, logWithParts, newClaim, secondControllerId } from './command-case.ts'

const confirm = (args: Partial<CallOf<'verification/confirm'>['args']> = {}): AnyCall => ({
  name: 'verification/confirm',
  args: { id: claimId, evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Agrees', ...args },
})

const bankLine = (over: Parameters<typeof lineRow>[0] = {}): readonly SeedRow[] => [
  { table: 'feedFiles', row: fileRow() },
  { table: 'accountActivities', row: lineRow(over) },
]

const LARGE_MINOR = 2_000_000_000 // 20 million euros: two controllers decide
const twoLargeLines: readonly SeedRow[] = [
  { table: 'colleagues', row: colleagueRow(secondControllerId, 'controller', 'Kata Prufer') },
  { table: 'feedFiles', row: fileRow() },
  { table: 'accountActivities', row: lineRow({ amountMinor: LARGE_MINOR }) },
  { table: 'accountActivities', row: lineRow({ id: idOf('line', 2), lineNo: 2, amountMinor: LARGE_MINOR }) },
]
const logLarge: AnyCall = { name: 'contact/log', args: { ...log.args, claims: [{ ...newClaim, claimedMinor: LARGE_MINOR }] } }
const confirmLarge = (lineN: number) => confirm({ evidence: [{ activityId: idOf('line', lineN), amountMinor: LARGE_MINOR }] })

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
  {
    title: 'refuses a deposit without the account on which it arrives',
    given: [[advisorId, log]],
    call: { name: 'outcome/claim', args: { ...newClaim, entryId, accountId: null } },
    refused: 'outcome/account-needed',
  },
  {
    title: 'confirms above the limit when two controllers have chosen the same evidence',
    seed: twoLargeLines,
    given: [
      [advisorId, logLarge],
      [controllerId, confirmLarge(1)],
    ],
    by: secondControllerId,
    call: confirmLarge(1),
    holds: async (host) => expect(await host.find('outcomeClaims', claimId)).toMatchObject({ state: 'confirmed', decision: { byId: secondControllerId } }),
  },
  {
    title: 'refuses the second controller other evidence than the first one’s',
    seed: twoLargeLines,
    given: [
      [advisorId, logLarge],
      [controllerId, confirmLarge(1)],
    ],
    by: secondControllerId,
    call: confirmLarge(2),
    refused: 'verification/evidence-differs',
  },
]
