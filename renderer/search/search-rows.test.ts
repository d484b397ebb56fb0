import { expect, test } from 'vitest'
import { accountRow, entryRow, followUpRow, householdRow, NOW_MS, personRow, type SeedRow } from '../../test/support/firm-rows.ts'
import { claimRow } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { BaseRows } from '../db/base-rows.ts'
import { InlinePageReader } from '../db/page-reader.ts'
import { writePage } from '../db/page-text.ts'
import { Replica } from '../db/replica.ts'
import { entriesOfPage } from '../db/sealed-rows.ts'
import { searchRows } from './search-rows.ts'

const PAGE_N = 1

/** Rows of one page; the small tables whole, entries packed. */
async function deviceWith(rows: readonly SeedRow[]) {
  const reader = new InlinePageReader()
  const body = await writePage(rows.map(({ table, row }, i) => ({ table, id: row.id, seq: i + 1, row })))
  const base = new BaseRows()
  for (const entry of entriesOfPage(PAGE_N, await reader.read({ n: PAGE_N, body }))) base.put(entry)
  const replica = new Replica(idOf('colleague', 11))
  replica.replaceBase(base, [], { lastN: 0, generation: 0, counter: PAGE_N, cursor: null, scopeHash: null, epoch: null })
  const found = async (query: string, limit = 20) => (await searchRows(replica, reader, query, { limit })).map((hit) => `${hit.table} ${hit.title}`)
  return { replica, reader, found }
}

const firm: readonly SeedRow[] = [
  { table: 'households', row: householdRow(1, { name: 'Őry family' }) },
  { table: 'persons', row: personRow(1, [1], { name: 'Ida Őry', email: 'ida@example.org' }) },
  { table: 'accounts', row: accountRow(1, 1) },
  { table: 'followUps', row: followUpRow(1, 1, { title: 'Send Őry the offer' }) },
  { table: 'contactEntries', row: entryRow(1, 1, { subject: 'Pension of Őry', occurredAtMs: NOW_MS - 3_000 }) },
  { table: 'contactEntries', row: entryRow(2, 1, { subject: 'Loan', note: 'Őry asked about the straße', occurredAtMs: NOW_MS - 1_000 }) },
  { table: 'contactEntries', row: entryRow(3, 1, { subject: 'Őry, logged twice', state: 'voided', voidReason: 'twice' }) },
]

test('finds every kind, entries newest first, without accents and case; voided ones not', async () => {
  const { found } = await deviceWith(firm)
  expect(await found('ory')).toEqual(['households Őry family', 'persons Ida Őry', 'followUps Send Őry the offer', 'contactEntries Loan', 'contactEntries Pension of Őry'])
})

test('asks for every word, in any order and any field', async () => {
  const { found } = await deviceWith(firm)
  expect(await found('strasse ORY')).toEqual(['contactEntries Loan'])
  expect(await found('ory nothing')).toEqual([])
  expect(await found('at61 9043')).toEqual(['accounts Depot'])
})

test('takes at most so many of each kind, the newest entries, and finds nothing for blanks', async () => {
  const { found } = await deviceWith(firm)
  expect((await found('ory', 1)).at(-1)).toBe('contactEntries Loan')
  expect(await found('   ')).toEqual([])
})

test('an entry that has changed since its page was packed is found by what it says now', async () => {
  const { replica, found } = await deviceWith(firm)
  const changed = entryRow(2, 1, { subject: 'Mortgage', note: '', occurredAtMs: NOW_MS, rev: 2 })
  replica.receive([{ table: 'contactEntries', id: changed.id, seq: 99, n: 2, row: changed }], [], replica.standing)
  expect(await found('strasse')).toEqual([])
  expect(await found('mortgage')).toEqual(['contactEntries Mortgage'])
  replica.receive([{ table: 'contactEntries', id: changed.id, seq: 100, n: 3, row: null }], [], replica.standing)
  expect(await found('mortgage')).toEqual([])
})

test('an outcome is found by its amount, in the units of its currency', async () => {
  const { replica, reader } = await deviceWith([
    { table: 'outcomeClaims', row: claimRow({ id: idOf('claim', 1), claimedMinor: 150_050, currency: 'EUR' }) },
    { table: 'outcomeClaims', row: claimRow({ id: idOf('claim', 2), claimedMinor: 150_050, currency: 'JPY' }) },
  ])
  const found = async (query: string) => (await searchRows(replica, reader, query, { limit: 20 })).map((hit) => hit.amount)
  expect(await found('1500.5 eur')).toEqual([{ minor: 150_050, currency: 'EUR' }])
  expect(await found('150050')).toEqual([{ minor: 150_050, currency: 'JPY' }])
})

test('names that begin with what was typed come first', async () => {
  const { found } = await deviceWith(['Family Nagy', 'Nagel', 'Nagy'].map((name, i) => ({ table: 'households', row: householdRow(i + 1, { name }) })))
  expect(await found('nag')).toEqual(['households Nagel', 'households Nagy', 'households Family Nagy'])
})
