import { afterEach, beforeEach, expect, test } from 'vitest'
import { PgHost } from '../../test/support/pg-host.ts'
import { claimId, confirm } from '../../test/support/policy-args.ts'
import { claimRow, controllerId, serverFirm, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { storeBlob } from '../files/blob-store.ts'

let host: PgHost
let letterSha256: string
beforeEach(async () => {
  const rows = workRows().map((seed) => (seed.table === 'outcomeClaims' ? { ...seed, row: claimRow({ kind: 'mandate', accountId: null }) } : seed))
  host = await PgHost.open([...serverFirm(), ...rows])
  letterSha256 = await storeBlob(host.db, new TextEncoder().encode('signed'), 0)
})
afterEach(() => host.close())

const lineAt = () => host.find('accountActivities', idOf('line', 1))

test.each(['verification/confirm', 'verification/confirm-partly'])('a mandate rests on its letter: %s takes no money of a bank line for it', async (name) => {
  const part = [{ activityId: idOf('line', 1), amountMinor: 100_000_000 }]
  expect(await host.run(controllerId, { name, args: { ...confirm, evidence: part, letterSha256 } })).toBe('verification/evidence-unfit')
  expect(await lineAt()).toMatchObject({ allocatedMinor: 0 })
})

test('with the letter alone it is confirmed', async () => {
  expect(await host.run(controllerId, { name: 'verification/confirm', args: { ...confirm, evidence: [], letterSha256 } })).toBeNull()
  expect(await host.find('outcomeClaims', claimId)).toMatchObject({ state: 'confirmed', fundedMinor: 0 })
})
