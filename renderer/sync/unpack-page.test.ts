import { expect, test } from 'vitest'
import { packRows } from '../../test/support/packed-pages.ts'
import { unpackPage } from './unpack-page.ts'

const rows = Array.from({ length: 500 }, (_, i) => ({ table: 'teams' as const, id: `t${i}`, seq: i, row: { id: `t${i}`, name: 'Südtirol ✓' } }))

test('rows come out of a page as they went in', async () => {
  expect(await unpackPage(packRows(rows, [], null))).toEqual(rows)
  expect(await unpackPage(packRows([], [], null))).toEqual([])
})

test('a page that inflates to more than it announced is given up', async () => {
  const { header, body } = packRows(rows, [], null)
  await expect(unpackPage({ header: { ...header, textBytes: header.textBytes - 1 }, body })).rejects.toThrow('more text than announced')
  await expect(unpackPage({ header, body: body.slice(0, 40) })).rejects.toThrow()
})
