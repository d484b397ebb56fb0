import { afterEach, beforeEach, expect, test } from 'vitest'
import { PACKED_PAGE_ROWS } from '../../shared/sync/packed-page.ts'
import { personRow } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, household, serverFirm, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
})
afterEach(() => host.close())

test('[L5] a snapshot comes in pages that go on from a token', async () => {
  await host.seed(Array.from({ length: 2_200 }, (_, i) => ({ table: 'persons', row: personRow(1_000 + i, [1]) }) as const))
  const device = await host.device(advisorId)
  const first = await host.snapshot(device, [household(1)])
  if (!first.ok) throw new Error(first.error.code)
  expect(first.value.rows).toHaveLength(PACKED_PAGE_ROWS)
  const second = await host.snapshot(device, [household(1)], first.value.next)
  if (!second.ok) throw new Error(second.error.code)
  expect(second.value.next).toBeNull()
  const ids = new Set([...first.value.rows, ...second.value.rows].map((r) => r.id))
  expect(ids.size).toBe(first.value.rows.length + second.value.rows.length)
  expect([...ids].filter((id) => id >= idOf('person', 1_000) && id <= idOf('person', 3_199))).toHaveLength(2_200)
  expect(await host.snapshot(device, [household(1)], 'nonsense')).toMatchObject({ ok: false, error: { code: 'request/malformed' } })
})

test('[C4] a household out of scope is answered like one that does not exist', async () => {
  const device = await host.device(advisorId)
  const invisible = await host.snapshot(device, [household(1), household(3)])
  const absent = await host.snapshot(device, [household(1), household(99)])
  expect(invisible).toEqual({ ok: false, error: { code: 'access/not-found', params: {} } })
  expect(invisible).toEqual(absent)
})
