import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { type AnyRow, householdsOfRow, type TableName, tableNames } from '../../shared/domain/tables.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { PACKED_PAGE_ROWS } from '../../shared/sync/packed-page.ts'
import type { WireRow } from '../../shared/sync/pull.ts'
import { coverageRow, entryRow, followUpRow, type SeedRow } from '../../test/support/firm-rows.ts'
import { PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import * as firm from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { FIRM_ZONE } from '../auth/access.ts'
import { entryIdOf } from '../auth/entry-parts.ts'
import { type StoredRow, selectRows } from '../db/record-sql.ts'
import { withActor } from '../db/with-actor.ts'
import { findScope } from './scope.ts'
import { isVisible } from './visible-row.ts'

const people = [
  firm.advisorId,
  firm.otherAdvisorId,
  firm.strangerId,
  firm.supervisorId,
  firm.controllerId,
  firm.complianceId,
  firm.serviceId,
  firm.marketingId,
  firm.adminId,
  firm.formerId,
]
const readers = [firm.advisorId, firm.otherAdvisorId, firm.strangerId, firm.complianceId]
const ENTRIES = 60
const seed = Number(process.env['RAPPORT_TEST_SEED'] ?? Math.floor(Math.random() * 1e9))

let host: PgHost
beforeAll(async () => {
  host = await PgHost.open([...firm.serverFirm(), ...firm.workRows(), { table: 'coverages', row: coverageRow(31, 2, firm.strangerId, { role: 'specialist' }) }, ...mixedWork()])
})
afterAll(() => host.close())

/** Entries of every mix of confidential, author and attendees, each with a follow-up and a claim of other people. */
function mixedWork(): readonly SeedRow[] {
  const person = fc.constantFrom(...readers)
  const shape = fc.record({
    household: fc.integer({ min: 1, max: 3 }),
    isConfidential: fc.boolean(),
    authorId: person,
    colleagueIds: fc.uniqueArray(person, { maxLength: 3 }),
    assigneeId: person,
    makerId: person,
    sharedId: person,
    hasEntry: fc.boolean(),
  })
  const claim = firm.claimRow()
  const followUp = firm.workRows().find((r) => r.table === 'followUps')?.row as Extract<SeedRow, { table: 'followUps' }>['row']
  return fc.sample(shape, { numRuns: ENTRIES, seed }).flatMap((s, i): readonly SeedRow[] => {
    const { household, isConfidential, authorId, colleagueIds } = s
    const part = { householdId: firm.household(household), rev: 1 }
    const entryId = idOf('entry', 100 + i)
    return [
      { table: 'contactEntries', row: entryRow(100 + i, household, { isConfidential, authorId, colleagueIds, note: `Tab\t"quote" \\ ö ${i}` }) },
      { table: 'followUps', row: { ...followUp, ...part, id: idOf('follow-up', 100 + i), entryId: s.hasEntry ? entryId : null, assigneeId: s.assigneeId, authorId: s.makerId } },
      {
        table: 'outcomeClaims',
        row: {
          ...claim,
          ...part,
          id: idOf('claim', 100 + i),
          entryId,
          makerId: s.makerId,
          kind: 'mandate',
          accountId: null,
          creditSplit: [{ colleagueId: s.sharedId, shareBp: 10_000 }],
        },
      },
    ]
  })
}

async function fetchAll(device: TestDevice, householdIds: readonly string[]): Promise<readonly WireRow[]> {
  const rows: WireRow[] = []
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page = await host.snapshot(device, householdIds, after)
    if (!page.ok) throw new Error(page.error.code)
    rows.push(...page.value.rows)
    after = page.value.next
  }
  return rows
}

/** What the rule in TypeScript, which the pull of changes follows, lets the person see. */
async function ruledVisible({ actor }: TestDevice): Promise<readonly WireRow[]> {
  return withActor(host.db, null, async (tx) => {
    const scope = await findScope(tx, actor, localDateOf(Date.now(), FIRM_ZONE))
    const stored: (StoredRow & { readonly table: TableName })[] = []
    for (const table of tableNames) for (const found of await selectRows(tx, table, sql`true`)) stored.push({ table, ...found } as never)
    const entries = new Map(stored.filter((s) => s.table === 'contactEntries').map(({ row }) => [row.id, row as ContactEntry]))
    const entryOf = (table: TableName, row: AnyRow) => entries.get(entryIdOf(table, row) ?? '')
    return stored.filter(({ table, row }) => isVisible(table, row, entryOf(table, row), actor, scope)).map(({ table, row, seq }) => ({ table, id: row.id, seq, row }))
  })
}

const inOrder = (rows: readonly WireRow[]) =>
  [...new Map(rows.map((r) => [`${r.table} ${r.id}`, r])).values()].toSorted((a, b) => (`${a.table} ${a.id}` < `${b.table} ${b.id}` ? -1 : 1))

test.each(people.map((id) => [id]))(`[L5] a snapshot has exactly the rows that the rules let a person see (seed ${seed})`, async (personId) => {
  const device = await host.device(personId)
  const { scope } = await host.pull(device)
  const householdIds = (scope ?? []).map((s) => s.householdId)
  const fetched = [...(await fetchAll(device, [])), ...(householdIds.length > 0 ? await fetchAll(device, householdIds) : [])]
  expect(inOrder(fetched)).toEqual(inOrder(await ruledVisible(device)))
})

test('[L5] a page names every household through which its rows came', async () => {
  const device = await host.device(firm.complianceId)
  const { scope } = await host.pull(device)
  for (const { householdId } of scope ?? []) {
    const page = await host.page(device, [householdId])
    expect(page.header.householdIds).toEqual([householdId])
  }
  const both = await host.page(device, [firm.household(1), firm.household(2)])
  expect(both.header.householdIds.toSorted()).toEqual([firm.household(1), firm.household(2)])
  expect((await host.page(device, [])).header.householdIds).toEqual([])
  expect(householdsOfRow('teams', {} as AnyRow)).toBe('firm')
})

test('[L10] a page has no gaps where rows are kept from a person, and ends at one that they see', async () => {
  const [device, household] = [await host.device(firm.otherAdvisorId), firm.household(1)]
  const before = (await fetchAll(device, [household])).length
  const hidden = new Set<string>()
  const rows = Array.from({ length: PACKED_PAGE_ROWS + 400 }, (_, i) => entryRow(10_000 + i, 1, { isConfidential: i % 5 === 3 || Math.abs(i - PACKED_PAGE_ROWS) < 60 }))
  for (const row of rows) if (row.isConfidential) hidden.add(row.id)
  await host.seed(rows.map((row) => ({ table: 'contactEntries', row }) as const))
  const visible = before + rows.length - hidden.size
  const follow = Array.from({ length: 2 * PACKED_PAGE_ROWS - visible + 10 }, (_, i) => ({ table: 'followUps', row: followUpRow(10_000 + i, 1) }) as const)
  await host.seed(follow)
  const counts: number[] = []
  for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const { header } = await host.page(device, [household], after)
    counts.push(header.rowCount)
    after = header.next
    expect(hidden.has(after?.split('~')[2] ?? '')).toBe(false)
  }
  expect(counts).toEqual([PACKED_PAGE_ROWS, PACKED_PAGE_ROWS, 10])
})
