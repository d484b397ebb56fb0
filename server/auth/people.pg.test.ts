import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { household, serverFirm, strangerId, supervisorId } from '../../test/support/server-firm.ts'

let host: PgHost
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
})
afterEach(() => host.close())

const seenBy = async (personId: string) => (await host.pull(await host.device(personId))).scope?.map((s) => s.householdId) ?? []

test('[L5] who reports to whom is kept in memory, and asked anew as soon as another process changed it', async () => {
  const covered = household(1)
  for (let i = 0; i < 2; i++) expect(await seenBy(strangerId)).not.toContain(covered) // known by now
  const colleague = must(await host.find('colleagues', supervisorId), 'supervisor')
  await host.seed([{ table: 'colleagues', row: { ...colleague, managerId: strangerId, rev: colleague.rev + 1 } }])
  expect(await seenBy(strangerId)).toContain(covered)
  await host.seed([{ table: 'colleagues', row: { ...colleague, rev: colleague.rev + 2 } }])
  expect(await seenBy(strangerId)).not.toContain(covered)
})
