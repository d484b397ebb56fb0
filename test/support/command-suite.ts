/**
 * What the main commands do and refuse, on any host that stores rows: run on the device's replica and on PostgreSQL, so
 * that the two cannot drift apart. Policy beyond the role (who covers what) is the server's and tested there.
 */
import { describe, expect, test } from 'vitest'
import type { AnyCall } from '../../renderer/commands/any-call.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { must } from '../../shared/lib/must.ts'
import type { Result } from '../../shared/lib/result.ts'
import { accountRow, advisorId, controllerId, coverageRow, entryRow, firmRows, logArgs, NOW_MS, otherAdvisorId, type SeedRow, supervisorId } from './firm-rows.ts'
import { idOf } from './test-id.ts'

export interface CommandHost {
  seed(rows: readonly SeedRow[]): Promise<void>
  /** Runs one call for good: its rows are stored, or it is refused. `nowMs` is both the device's and the server's clock. */
  run(actorId: string, call: { readonly name: string; readonly args: unknown }, nowMs: number): Promise<Result<unknown, AppError>>
  find<T extends TableName>(table: T, id: string): Promise<RowOf<T> | undefined>
}

const entryId = idOf('entry', 1)
const claimId = idOf('claim', 1)
const followUpId = idOf('follow-up', 1)
const DAY_MS = 86_400_000

const newFollowUp = { id: followUpId, title: 'Send the offer', note: '', dueOn: '2030-06-12', remindAtMs: null, zone: 'Europe/Vienna', assigneeId: advisorId }
const newClaim = {
  id: claimId,
  kind: 'deposit' as const,
  accountId: idOf('account', 1),
  claimedMinor: 200_000_000,
  currency: 'EUR',
  expectedOn: null,
  creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
  note: '',
}
const log: AnyCall = { name: 'contact/log', args: logArgs(1, 1) }
const logWithParts: AnyCall = { name: 'contact/log', args: { ...logArgs(1, 1), followUps: [newFollowUp], claims: [newClaim] } }
const confirm = (args: Partial<Extract<AnyCall, { name: 'verification/confirm' }>['args']> = {}): AnyCall => ({
  name: 'verification/confirm',
  args: { id: claimId, evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Agrees', ...args },
})

const bankLine = (over: Partial<RowOf<'accountActivities'>> = {}): readonly SeedRow[] => {
  const file = { id: idOf('file', 1), sha256: 'a'.repeat(64), name: 'june.xml' }
  return [
    {
      table: 'feedFiles',
      row: {
        ...file,
        sizeBytes: 10,
        importedById: controllerId,
        importedAtMs: NOW_MS,
        state: 'imported',
        format: 'camt.053',
        statementCount: 1,
        lineCount: 1,
        proposalCount: 0,
        quarantined: [],
        rev: 1,
      },
    },
    {
      table: 'accountActivities',
      row: {
        id: idOf('line', 1),
        fileId: file.id,
        fileSha256: file.sha256,
        fileName: file.name,
        statementId: 'S-1',
        lineNo: 1,
        iban: 'AT611904300234573201',
        accountId: idOf('account', 1),
        householdId: idOf('household', 1),
        direction: 'credit',
        amountMinor: 200_000_000,
        currency: 'EUR',
        status: 'booked',
        isReversal: false,
        bookedOn: '2026-06-03',
        valueOn: '2026-06-03',
        counterpartyName: null,
        counterpartyIban: null,
        remittance: '',
        endToEndId: null,
        notEvidence: null,
        allocatedMinor: 0,
        rev: 1,
        ...over,
      },
    },
  ]
}

/** One expectation: after `given`, `by` runs `call`; `refused` names the code, or `holds` looks at the rows. */
interface Case {
  readonly title: string
  readonly seed?: readonly SeedRow[]
  readonly given?: readonly (readonly [actorId: string, call: AnyCall])[]
  readonly by?: string // the advisor where left out
  readonly call: { readonly name: string; readonly args: unknown }
  readonly refused?: string
  readonly holds?: (host: CommandHost) => Promise<void>
}

const contactCases: readonly Case[] = [
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
]

const addFollowUp: AnyCall = { name: 'follow-up/add', args: { ...newFollowUp, householdId: idOf('household', 1) } }
const followUpCases: readonly Case[] = [
  {
    title: 'completes a follow-up',
    given: [[advisorId, addFollowUp]],
    call: { name: 'follow-up/complete', args: { id: followUpId } },
    holds: async (host) => expect(must(await host.find('followUps', followUpId), 'follow-up')).toMatchObject({ state: 'done', rev: 2, doneAtMs: expect.any(Number) }),
  },
  {
    title: 'refuses to complete one twice',
    given: [
      [advisorId, addFollowUp],
      [advisorId, { name: 'follow-up/complete', args: { id: followUpId } }],
    ],
    call: { name: 'follow-up/complete', args: { id: followUpId } },
    refused: 'follow-up/done',
  },
  {
    title: 'snoozes one to another day',
    given: [[advisorId, addFollowUp]],
    call: { name: 'follow-up/snooze', args: { id: followUpId, edits: { dueOn: { from: '2030-06-12', to: '2030-06-15' } } } },
    holds: async (host) => expect(await host.find('followUps', followUpId)).toMatchObject({ dueOn: '2030-06-15' }),
  },
]

const claimCases: readonly Case[] = [
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

const clientCases: readonly Case[] = [
  {
    title: 'makes a new person the head of the household',
    call: {
      name: 'person/add',
      args: { id: idOf('person', 5), name: 'Ida Roth', memberships: [{ householdId: idOf('household', 1), role: 'head' }], birthOn: null, email: null, phone: null },
    },
    holds: async (host) => expect(await host.find('households', idOf('household', 1))).toMatchObject({ headPersonId: idOf('person', 5), rev: 2 }),
  },
  {
    title: 'edits a household',
    call: { name: 'household/edit', args: { id: idOf('household', 1), edits: { city: { from: 'Wien', to: 'Graz' } } } },
    holds: async (host) => expect(await host.find('households', idOf('household', 1))).toMatchObject({ city: 'Graz' }),
  },
  { title: 'refuses an edit that changes nothing', call: { name: 'household/edit', args: { id: idOf('household', 1), edits: {} } }, refused: 'command/malformed' },
  {
    title: 'refuses an account whose IBAN has wrong check digits',
    call: { name: 'account/add', args: { ...withoutRev(accountRow(2, 1)), iban: 'AT001904300234573201' } },
    refused: 'account/name',
  },
  {
    title: 'refuses an account owned by someone outside the household',
    call: { name: 'account/add', args: { ...withoutRev(accountRow(2, 1)), owners: [{ personId: idOf('person', 99), shareBp: 10_000 }] } },
    refused: 'account/owners',
  },
  {
    title: 'grants a specialist coverage',
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { role: 'specialist', fromOn: '2026-01-01' })) },
    holds: async (host) => expect(await host.find('coverages', idOf('coverage', 7))).toMatchObject({ colleagueId: otherAdvisorId, toOn: null }),
  },
  {
    title: 'refuses a second lead',
    by: supervisorId,
    call: { name: 'coverage/grant', args: withoutRev(coverageRow(7, 1, otherAdvisorId, { fromOn: '2026-01-01' })) },
    refused: 'coverage/lead-exists',
  },
]

function withoutRev<R extends { readonly rev: number }>({ rev: _rev, ...rest }: R): Omit<R, 'rev'> {
  return rest
}

/** Registers the suite. `makeHost` gives an empty one for each test. */
export function commandSuite(name: string, makeHost: () => Promise<CommandHost>): void {
  describe(`commands on ${name}`, () => {
    for (const each of [...contactCases, ...followUpCases, ...claimCases, ...clientCases]) {
      test(each.title, async () => {
        const host = await makeHost()
        await host.seed([...firmRows(), ...(each.seed ?? [])])
        for (const [actorId, call] of each.given ?? []) expect(await host.run(actorId, call, NOW_MS)).toMatchObject({ ok: true })
        const result = await host.run(each.by ?? advisorId, each.call, NOW_MS)
        expect(result).toMatchObject(each.refused === undefined ? { ok: true } : { ok: false, error: { code: each.refused } })
        await each.holds?.(host)
      })
    }
  })
}
