import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RowOf } from '../../shared/domain/tables.ts'
import { addDays } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { accountRow } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, controllerId, household, iban, serverFirm, strangerId, todayOn } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { storeBlob } from '../files/blob-store.ts'
import { makeCamt053 } from '../sample/make-statement.ts'

let host: PgHost
let fileCount = 0
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
})
afterEach(() => host.close())

const FRESH_IBAN = 'AT022050302101023600'

async function importXml(change: (xml: string) => string = (xml) => xml, ofIban = iban(1), sequence = 1): Promise<RowOf<'feedFiles'>> {
  const credits = [{ amountMinor: 1_000, bookedOn: todayOn, payerName: 'Payer', reference: 'Transfer' }]
  const bytes = makeCamt053(`M-${++fileCount}`, addDays(todayOn, -7), todayOn, [{ iban: ofIban, currency: 'EUR', sequence, openingMinor: 0, credits }])
  const changed = new TextEncoder().encode(change(new TextDecoder().decode(bytes)))
  const args = { id: idOf('import', fileCount), sha256: await storeBlob(host.db, changed, 0), name: 'bank.xml', sizeBytes: changed.length }
  expect(await host.run(controllerId, { name: 'verification/import', args })).toBeNull()
  expect(host.bugs).toEqual([])
  return must(await host.find('feedFiles', args.id), 'file')
}
const addAccount = (n: number, of: number, actorId: string, over: object = {}) => {
  const { rev: _rev, ...account } = accountRow(n, of, { iban: FRESH_IBAN, ...over })
  return host.run(actorId, { name: 'account/add', args: account })
}
const line = async () => must((await host.db.selectFrom('account_activities').selectAll().execute())[0], 'line')

const isMalformed = { state: 'quarantined', quarantined: [{ reasons: [{ code: 'feed/malformed' }] }] }
// Not compressible, as a hostile id would be: a key of the database holds 2,704 bytes.
const longText = Array.from({ length: 12_000 }, (_, i) => String.fromCharCode(97 + ((i * i * 31 + i * 17 + (i >> 3)) % 26))).join('')

test('a statement whose id is too long for a key is set aside', async () => {
  expect(await importXml((xml) => xml.replace(/<Stmt><Id>[^<]*/, `<Stmt><Id>${longText}`))).toMatchObject(isMalformed)
})

test('an account number that is too long for a key is set aside', async () => {
  expect(await importXml((xml) => xml.replace(/<IBAN>[^<]*<\/IBAN>/, `<Othr><Id>${longText}</Id></Othr>`))).toMatchObject(isMalformed)
})

test('a booking in the year 0 is set aside', async () => {
  expect(await importXml((xml) => xml.replaceAll(`<BookgDt><Dt>${todayOn}`, '<BookgDt><Dt>0000-01-01'))).toMatchObject(isMalformed)
})

test('a statement number of 15 digits comes in', async () => {
  expect(await importXml((xml) => xml, iban(1), 202_611_200_000_001)).toMatchObject({ state: 'imported', lineCount: 1 })
})

test('money on an IBAN that two households have entered is nobody’s until one of them closes its account', async () => {
  expect(await addAccount(8, 3, strangerId)).toBeNull()
  expect(await addAccount(9, 1, advisorId, { openedOn: todayOn })).toBeNull()
  await importXml((xml) => xml, FRESH_IBAN)
  expect(await line()).toMatchObject({ account_id: null, household_id: null })
  const closing = { id: idOf('account', 9), edits: { closedOn: { from: null, to: todayOn } } }
  expect(await host.run(advisorId, { name: 'account/edit', args: closing })).toBeNull()
  expect(await line()).toMatchObject({ account_id: idOf('account', 8), household_id: household(3) })
})

test.each([
  ['stood there for longer than a day', 2 * 86_400_000, 'own-transfer'],
  ['was a slip that was put right the same day', 3_600_000, null],
])('money from an IBAN that was taken out of the household’s accounts, and %s', async (_what, ageMs, notEvidence) => {
  const { rev: _rev, ...account } = accountRow(9, 1, { iban: FRESH_IBAN })
  expect(await host.run(advisorId, { name: 'account/add', args: account }, Date.now() - ageMs)).toBeNull()
  const edits = { iban: { from: FRESH_IBAN, to: null }, custodian: { from: null, to: 'Another bank' }, number: { from: null, to: '1' } }
  expect(await host.run(advisorId, { name: 'account/edit', args: { id: account.id, edits } })).toBeNull()
  await importXml((xml) => xml.replaceAll('</RltdPties>', `<DbtrAcct><Id><IBAN>${FRESH_IBAN}</IBAN></Id></DbtrAcct></RltdPties>`))
  expect(await line()).toMatchObject({ household_id: household(1), not_evidence: notEvidence })
})

test('money from an account that the household enters later is a transfer of its own', async () => {
  const payer = `<DbtrAcct><Id><IBAN>${FRESH_IBAN}</IBAN></Id></DbtrAcct></RltdPties>`
  await importXml((xml) => xml.replaceAll('</RltdPties>', payer))
  expect(await line()).toMatchObject({ household_id: household(1), not_evidence: null })
  expect(await addAccount(8, 3, strangerId, { iban: FRESH_IBAN })).toBeNull()
  expect(await line()).toMatchObject({ not_evidence: null })
  expect(await addAccount(9, 1, advisorId)).toBeNull()
  expect(await line()).toMatchObject({ not_evidence: 'own-transfer' })
})
