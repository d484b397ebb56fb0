import { expect, test } from 'vitest'
import { entryRow, householdRow } from '../../test/support/firm-rows.ts'
import { packRows } from '../../test/support/packed-pages.ts'
import { idOf } from '../../test/support/test-id.ts'
import { type EntryFacts, factsOf } from './entry-facts.ts'
import { unpackFacts } from './fact-columns.ts'
import { PackedEntry } from './packed-entry.ts'
import { type PageBody, parsePage, readPage, writePage } from './page-text.ts'

const rows = Array.from({ length: 500 }, (_, i) => ({
  table: 'contactEntries' as const,
  id: entryRow(i, 1).id,
  seq: i,
  row: entryRow(i, 1 + (i % 3), { note: 'Südtirol "✓\\[{ '.repeat(9), isReached: i % 2 === 0, initiativeId: i % 5 === 0 ? idOf('initiative', 1) : null }),
}))
const household = { table: 'households' as const, id: householdRow(1).id, seq: 7, row: householdRow(1) }

function bodyOf(page: ReturnType<typeof packRows>): PageBody {
  return { format: 'deflate', textBytes: page.header.textBytes, bytes: page.body }
}

test('rows come out of a page as they went in, from the server or from here', async () => {
  expect(await readPage(bodyOf(packRows(rows, [], null)))).toEqual(rows)
  expect(await readPage(bodyOf(packRows([], [], null)))).toEqual([])
  const written = await writePage([household, ...rows])
  expect(written.format).toBe('deflate')
  expect(await readPage(written)).toEqual([household, ...rows])
  expect(await readPage(await writePage([household]))).toEqual([household])
})

test('[L10] a page that inflates to more than it announced is given up', async () => {
  const body = bodyOf(packRows(rows, [], null))
  await expect(readPage({ ...body, textBytes: body.textBytes - 1 })).rejects.toThrow('more text than announced')
  await expect(readPage({ ...body, bytes: body.bytes.slice(0, 40) })).rejects.toThrow()
})

test('keeps facts and text of an entry, and reads the whole when asked', async () => {
  const seen: string[] = []
  const parsed = await parsePage(await writePage([household, ...rows]), (row) => seen.push(row.id))
  expect(parsed.rows).toEqual([household])
  expect(seen).toEqual(rows.map((row) => row.id))
  const [group] = parsed.entryGroups
  if (!group) throw new Error('no entries')
  const facts = unpackFacts(group.facts)
  expect(facts).toEqual(rows.map(({ row }) => factsOf(row)))
  expect(group.seqs[3]).toBe(3)
  const packed = new PackedEntry(facts[3] as EntryFacts, parsed.text, group, 3)
  expect(packed.read()).toEqual(rows[3]?.row)
  expect(packed.read()).toBe(packed.read())
})
