import { expect, test } from 'vitest'
import { accountRow, entryRow, householdRow, NOW_MS, personRow, type SeedRow } from '../../test/support/firm-rows.ts'
import { idOf } from '../../test/support/test-id.ts'
import { BaseRows } from '../db/base-rows.ts'
import { Replica } from '../db/replica.ts'
import { searchRows } from './search-rows.ts'

function viewOf(rows: readonly SeedRow[]): Replica {
  const base = new BaseRows()
  for (const [i, { table, row }] of rows.entries()) base.put({ table, id: row.id, seq: i + 1, n: i + 1, row })
  const replica = new Replica(idOf('colleague', 11))
  replica.replaceBase(base, [], { lastN: 0, generation: 0, counter: rows.length })
  return replica
}

const view = viewOf([
  { table: 'households', row: householdRow(1, { name: 'Őry family' }) },
  { table: 'persons', row: personRow(1, [1], { name: 'Ida Őry', email: 'ida@example.org' }) },
  { table: 'accounts', row: accountRow(1, 1) },
  { table: 'contactEntries', row: entryRow(1, 1, { subject: 'Pension of Őry', occurredAtMs: NOW_MS - 3_000 }) },
  { table: 'contactEntries', row: entryRow(2, 1, { subject: 'Loan', note: 'Őry asked about the straße', occurredAtMs: NOW_MS - 1_000 }) },
  { table: 'contactEntries', row: entryRow(3, 1, { subject: 'Őry, logged twice', state: 'voided', voidReason: 'twice' }) },
])

const found = (query: string, limit = 20) => searchRows(view, query, { limit }).map((hit) => `${hit.table} ${hit.title}`)

test('finds names first, then entries newest first, without accents and case; voided ones not', () => {
  expect(found('ory')).toEqual(['households Őry family', 'persons Ida Őry', 'contactEntries Loan', 'contactEntries Pension of Őry'])
})

test('asks for every word, in any order and any field', () => {
  expect(found('strasse ORY')).toEqual(['contactEntries Loan'])
  expect(found('ory nothing')).toEqual([])
})

test('finds an account by part of its IBAN', () => {
  expect(found('at61 9043')).toEqual(['accounts Depot'])
})

test('keeps room for entries within the limit, and finds nothing for blanks', () => {
  expect(found('ory', 2)).toEqual(['households Őry family', 'contactEntries Loan'])
  expect(found('   ')).toEqual([])
})

test('answers in less than a frame on 3,000 entries', () => {
  const many = viewOf(Array.from({ length: 3_000 }, (_, n) => ({ table: 'contactEntries' as const, row: entryRow(n, 1, { note: `Számla ${n} `.repeat(40) }) })))
  searchRows(many, 'warm up', { limit: 20 })
  const times = ['szamla 2999', 'nowhere to be found', 'yearly', '17'].map((query) => {
    const startMs = performance.now()
    searchRows(many, query, { limit: 20 })
    return performance.now() - startMs
  })
  expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(16)
})
