import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import { tableNames } from '../../shared/domain/tables.ts'
import { lineRow } from '../../test/support/bank-rows.ts'
import { accountRow, coverageRow, entryRow } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, claimRow, controllerId, dependentControllerId, household, otherAdvisorId, serverFirm, supervisorId, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { columns, snakeCase } from './columns.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
})
afterEach(() => host.close())

const letter = 'c'.repeat(64)
const decidedBy = (byId: string, over: Partial<RowOf<'outcomeClaims'>> = {}) =>
  claimRow({
    state: 'confirmed',
    confirmedMinor: 1,
    decision: { decision: 'confirmed', byId, atMs: 1, reason: 'x', evidence: [], letterSha256: letter },
    history: [{ atMs: 1, byId, what: 'confirmed', amountMinor: 1, text: null }],
    ...over,
  })
const verdict = { decision: 'confirmed' as const, byId: advisorId, atMs: 1, reason: 'x', amountMinor: 1, evidence: [], letterSha256: letter }
const half = [{ colleagueId: advisorId, shareBp: 5_000 }]
const both = [...half, { colleagueId: controllerId, shareBp: 5_000 }]

/** Rows that a program past commands and policy might write, and the constraint that stops it. */
const forbidden: readonly { readonly [T in TableName]: readonly [what: string, table: T, row: RowOf<T>, constraint: string] }[TableName][] = [
  ['a decision by the maker', 'outcomeClaims', decidedBy(advisorId), 'four_eyes'],
  ['a decision by someone on the split', 'outcomeClaims', decidedBy(controllerId, { creditSplit: both }), 'four_eyes'],
  ['a decision by the maker in capitals', 'outcomeClaims', decidedBy(advisorId.toUpperCase()), 'four_eyes'],
  ['a decision by nobody', 'outcomeClaims', claimRow({ state: 'confirmed', confirmedMinor: 1, decision: {} as never }), 'four_eyes_decision'],
  ['a decision by someone who reports to the maker', 'outcomeClaims', decidedBy(dependentControllerId), 'four_eyes_reports'],
  ['more confirmed than the evidence proves', 'outcomeClaims', decidedBy(controllerId), 'proven'],
  [
    'a share below nothing',
    'outcomeClaims',
    claimRow({ creditSplit: [...both, { colleagueId: otherAdvisorId, shareBp: -1 }, { colleagueId: supervisorId, shareBp: 1 }] }),
    'whole_split',
  ],
  ['an approval by the maker', 'outcomeClaims', claimRow({ history: [{ atMs: 1, byId: advisorId, what: 'approved', amountMinor: 1, text: null }] }), 'four_eyes'],
  [
    'a verdict by the maker',
    'verificationCases',
    { id: idOf('claim', 1), householdId: household(1), makerId: advisorId, openedAtMs: 1, proposals: [], verdicts: [verdict], rev: 1 },
    'four_eyes',
  ],
  ['half a split', 'outcomeClaims', claimRow({ creditSplit: half }), 'whole_split'],
  ['half an owner', 'accounts', accountRow(1, 1, { owners: [{ personId: idOf('person', 1), shareBp: 5_000 }] }), 'accounts_owners_check'],
  ['a bank line used twice', 'accountActivities', lineRow({ allocatedMinor: 200_000_001 }), 'used_once'],
  ['a reversal as evidence', 'accountActivities', lineRow({ isReversal: true, allocatedMinor: 1 }), 'evidence_only'],
  ['a negative amount', 'accountActivities', lineRow({ amountMinor: -1 }), 'amount_minor_check'],
  ['more confirmed than claimed', 'outcomeClaims', decidedBy(controllerId, { confirmedMinor: 200_000_001 }), 'outcome_claims_check'],
  ['confirmed without a decision', 'outcomeClaims', claimRow({ state: 'confirmed' }), 'outcome_claims_check'],
  ['money confirmed while open', 'outcomeClaims', claimRow({ confirmedMinor: 5 }), 'outcome_claims_check'],
  ['a state that there is not', 'outcomeClaims', claimRow({ state: 'paid' as never }), 'state_check'],
  ['an entry of no household', 'contactEntries', entryRow(5, 77), 'household_id_fkey'],
  ['coverage by nobody', 'coverages', coverageRow(5, 1, idOf('nobody', 1)), 'colleague_id_fkey'],
  [
    'a second head of the e-mail',
    'colleagues',
    { id: idOf('colleague', 90), name: 'x', email: 'ANNA.ORY@rapport.example', role: 'admin', title: '', teamId: null, managerId: null, isActive: true, rev: 1 },
    'colleagues_email',
  ],
]

test.each(forbidden)('the database refuses %s', async (_what, table, row, constraint) => {
  await expect(host.seed([{ table, row } as never])).rejects.toMatchObject({ constraint: expect.stringContaining(constraint) })
})

test('the database takes what the four-eyes rule allows', async () => {
  const proof = { activityId: idOf('line', 1), fileSha256: letter, fileName: 'june.xml', lineNo: 1, bookedOn: '2026-06-03', amountMinor: 1, currency: 'EUR' }
  const decision = { decision: 'confirmed' as const, byId: controllerId, atMs: 1, reason: 'x', evidence: [proof], letterSha256: null }
  await host.seed([{ table: 'outcomeClaims', row: decidedBy(controllerId, { rev: 2, decision }) }])
  await host.seed([
    {
      table: 'verificationCases',
      row: { id: idOf('claim', 1), householdId: household(1), makerId: advisorId, openedAtMs: 1, proposals: [], verdicts: [{ ...verdict, byId: otherAdvisorId }], rev: 2 },
    },
  ])
})

test('columns.ts names every column of every table with its type', async () => {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    SELECT table_name AS table, column_name AS column, udt_name AS type FROM information_schema.columns WHERE table_schema = 'public'`.execute(host.db)
  const types: Readonly<Record<string, string>> = { boolean: 'bool', bigint: 'int8', integer: 'int4' }
  for (const table of tableNames) {
    const expected = [...Object.entries(columns[table]).map(([field, type]) => [snakeCase(field), types[type] ?? type]), ['seq', 'int8']]
    const actual = rows.filter((r) => r.table === snakeCase(table)).map((r) => [r.column, r.type])
    expect(actual.toSorted(), table).toEqual(expected.toSorted())
  }
})
