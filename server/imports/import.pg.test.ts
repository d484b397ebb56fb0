import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RowOf } from '../../shared/domain/tables.ts'
import { addDays } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { accountRow, logArgs } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, controllerId, household, iban, otherAdvisorId, serverFirm, todayOn } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { storeBlob } from '../files/blob-store.ts'
import { makeCamt053, type StatementCredit, type StatementOfAccount } from '../sample/make-statement.ts'

let host: PgHost
let fileCount = 0
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
})
afterEach(() => host.close())

const AMOUNT = 200_000_000
const credit = (amountMinor = AMOUNT, over: Partial<StatementCredit> = {}): StatementCredit => ({
  amountMinor,
  bookedOn: todayOn,
  payerName: 'Person 1',
  reference: 'Transfer',
  ...over,
})
const statement = (n: number, sequence: number, openingMinor: number, credits: readonly StatementCredit[], over: Partial<StatementOfAccount> = {}): StatementOfAccount => ({
  iban: iban(n),
  currency: 'EUR',
  sequence,
  openingMinor,
  credits,
  ...over,
})

async function importFile(bytes: Uint8Array): Promise<RowOf<'feedFiles'>> {
  const sha256 = await storeBlob(host.db, bytes, 0)
  const args = { id: idOf('import', ++fileCount), sha256, name: 'bank.xml', sizeBytes: bytes.length }
  expect(await host.run(controllerId, { name: 'verification/import', args })).toBeNull()
  return must(await host.find('feedFiles', args.id), 'file')
}
const importStatements = (...statements: readonly StatementOfAccount[]) => importFile(makeCamt053(`M-${fileCount}`, addDays(todayOn, -7), todayOn, statements))
const listLines = () => host.db.selectFrom('account_activities').selectAll().orderBy('line_no').execute()

const claimArgs = (n: number, over: object = {}) => ({
  id: idOf('claim', n),
  kind: 'deposit',
  accountId: idOf('account', 1),
  claimedMinor: AMOUNT,
  currency: 'EUR',
  expectedOn: null,
  creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
  note: '',
  ...over,
})
const claim = async (n: number, over: object = {}): Promise<void> => {
  expect(await host.run(advisorId, { name: 'contact/log', args: { ...logArgs(n, 1), claims: [claimArgs(n, over)] } })).toBeNull()
}
const findClaim = async (n: number) => must(await host.find('outcomeClaims', idOf('claim', n)), 'claim')
const findCase = async (n: number) => must(await host.find('verificationCases', idOf('claim', n)), 'case')

test('imports a file whole, links its lines to account and household, and proposes', async () => {
  await claim(1)
  const file = await importStatements(statement(1, 1, 0, [credit()]), statement(2, 1, 500, [credit(7_00)]))
  expect(file).toMatchObject({ state: 'imported', format: 'camt.053', statementCount: 2, lineCount: 2, proposalCount: 1, quarantined: [], rev: 2 })
  const lines = await listLines()
  expect(lines[0]).toMatchObject({ iban: iban(1), account_id: idOf('account', 1), household_id: household(1), not_evidence: null, booked_on: todayOn, amount_minor: AMOUNT })
  expect(await findClaim(1)).toMatchObject({ state: 'proposed', history: [{ what: 'claimed' }, { what: 'proposed', byId: null }] })
  expect(await findCase(1)).toMatchObject({ proposals: [{ kind: 'amount', activityIds: [lines[0]?.id], amountMinor: AMOUNT }] })
})

test('importing the same file again changes nothing', async () => {
  await importStatements(statement(1, 1, 0, [credit()]))
  const bytes = makeCamt053('M', addDays(todayOn, -7), todayOn, [statement(2, 1, 0, [credit()])])
  const first = await importFile(bytes)
  const before = await listLines()
  expect(await importFile(bytes)).toMatchObject({ state: 'seenBefore', lineCount: 0, sha256: first.sha256 })
  const otherBytes = makeCamt053('M2', addDays(todayOn, -7), todayOn, [statement(2, 1, 0, [credit()])]) // the statement in another message
  expect(await importFile(otherBytes)).toMatchObject({ state: 'seenBefore', lineCount: 0, quarantined: [{ reasons: [{ code: 'feed/statement-seen-before' }] }] })
  expect(await listLines()).toEqual(before)
})

test('sets aside a statement that does not add up, and one that leaves a gap, with the reason', async () => {
  await importStatements(statement(1, 1, 0, [credit(100)]))
  const file = await importStatements(statement(2, 1, 0, [credit()], { closingErrorMinor: 1 }), statement(1, 3, 100, [credit()]), statement(3, 1, 0, [credit()]))
  expect(file).toMatchObject({ state: 'partlyQuarantined', statementCount: 1, lineCount: 1 })
  expect(file.quarantined.map((q) => [q.iban, q.reasons.map((r) => r.code)])).toEqual([
    [iban(2), ['feed/balance-mismatch']],
    [iban(1), ['feed/sequence-gap']],
  ])
  expect(await listLines()).toHaveLength(2)
})

test('a statement that was set aside comes in when the missing one is there', async () => {
  await importStatements(statement(1, 1, 0, [credit(100)]))
  const third = makeCamt053('M3', addDays(todayOn, -7), todayOn, [statement(1, 3, 300, [credit()])])
  expect(await importFile(third)).toMatchObject({ state: 'quarantined', lineCount: 0 })
  await importStatements(statement(1, 2, 100, [credit(200)]))
  expect(await importFile(third)).toMatchObject({ state: 'imported', lineCount: 1 })
})

test('a file that cannot be read is set aside whole', async () => {
  expect(await importFile(new TextEncoder().encode('<!DOCTYPE x><Document/>'))).toMatchObject({
    state: 'quarantined',
    lineCount: 0,
    quarantined: [{ statementId: null, reasons: [{ code: expect.stringMatching(/^feed\//) }] }],
  })
})

test('a claim made after the money came is proposed at once, and edited away again', async () => {
  await importStatements(statement(1, 1, 0, [credit()]))
  await claim(1)
  expect(await findClaim(1)).toMatchObject({ state: 'proposed' })
  const edits = { claimedMinor: { from: AMOUNT, to: 5 } }
  expect(await host.run(advisorId, { name: 'outcome/edit', args: { id: idOf('claim', 1), edits, answer: null } })).toBeNull()
  expect(await findClaim(1)).toMatchObject({ state: 'claimed' })
  expect((await findCase(1)).proposals).toEqual([])
})

test('money that one claim has used is no longer proposed for another', async () => {
  await importStatements(statement(1, 1, 0, [credit()]))
  await claim(1)
  await claim(2)
  const [line] = await listLines()
  const confirm = { id: idOf('claim', 1), evidence: [{ activityId: line?.id, amountMinor: AMOUNT }], letterSha256: null, reason: 'Agrees' }
  expect(await findClaim(2)).toMatchObject({ state: 'proposed' })
  expect(await host.run(controllerId, { name: 'verification/confirm', args: confirm })).toBeNull()
  expect(await findClaim(1)).toMatchObject({ state: 'confirmed', confirmedMinor: AMOUNT })
  expect(await findClaim(2)).toMatchObject({ state: 'claimed', history: [{ what: 'claimed' }, { what: 'proposed' }, { what: 'unproposed' }] })
  expect(await host.run(controllerId, { name: 'verification/confirm', args: { ...confirm, id: idOf('claim', 2) } })).toBe('verification/line-used')
})

test('lines that came before their account was entered are found by it', async () => {
  const late = 'AT022050302101023600'
  await importStatements({ ...statement(1, 1, 0, [credit()]), iban: late })
  expect((await listLines())[0]).toMatchObject({ account_id: null, household_id: null })
  const { rev: _rev, ...account } = accountRow(9, 1, { iban: late })
  expect(await host.run(advisorId, { name: 'account/add', args: account })).toBeNull()
  expect((await listLines())[0]).toMatchObject({ account_id: idOf('account', 9), household_id: household(1), rev: 2 })
  await claim(1, { accountId: idOf('account', 9) })
  expect(await findClaim(1)).toMatchObject({ state: 'proposed' })
})

test('a booking that a notification brought already is no evidence a second time', async () => {
  const asNotification = (bytes: Uint8Array): Uint8Array =>
    new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn').replaceAll('Stmt>', 'Ntfctn>').replaceAll('camt.053', 'camt.054'))
  const bytes = makeCamt053('N', addDays(todayOn, -7), todayOn, [statement(1, 1, 0, [credit()])])
  expect(await importFile(asNotification(bytes))).toMatchObject({ state: 'imported', format: 'camt.054' })
  expect(await importFile(bytes)).toMatchObject({ state: 'imported', format: 'camt.053' })
  expect((await listLines()).map((l) => l.not_evidence).toSorted()).toEqual([null, 'seen-elsewhere'].toSorted())
})

test('a bank line reaches controllers and not the household’s lead', async () => {
  const [controller, lead] = [await host.device(controllerId), await host.device(advisorId)]
  const { cursor } = await host.pull(lead)
  await claim(1)
  await importStatements(statement(1, 1, 0, [credit()]))
  const tables = async (device: typeof lead) => [...new Set((await host.pull(device, { cursor })).rows.map((r) => r.table))].toSorted()
  expect(await tables(controller)).toEqual(['accountActivities', 'feedFiles', 'outcomeClaims', 'verificationCases'])
  expect(await tables(lead)).toEqual(['contactEntries', 'outcomeClaims'])
  expect(await tables(await host.device(otherAdvisorId))).toEqual(['contactEntries', 'outcomeClaims'])
})
