import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyRecords } from '../../server/audit/proof/verify-export.ts'
import { must } from '../../shared/lib/must.ts'
import { newSigner } from '../support/pg-host.ts'
import { type HonestFirm, isSignedByOnce, makeHonestFirm } from './honest-firm.ts'

let firm: HonestFirm
beforeAll(async () => {
  firm = await makeHonestFirm(0.02)
}, 120_000)
afterAll(() => firm.close())

test('[K4] nobody who may send commands can make an honest trail look false', { timeout: 60_000 }, async () => {
  const { host } = firm
  const colleague = must((await host.db.selectFrom('colleagues').select('id').where('role', '=', 'advisor').execute())[0], 'advisor')
  const [mine, other] = [await firm.device(colleague.id), await firm.device(colleague.id)]
  const deeds = [
    { name: 'device/register', args: { deviceId: randomUUID(), name: 'x', publicKey: newSigner().publicKey, colleagueId: colleague.id } },
    { name: 'device/register', args: {} },
    { name: 'device/revoke', args: { deviceId: other.id } },
    { name: 'server/key', args: { publicKey: newSigner().publicKey } },
    { name: 'server/epoch', args: { epoch: randomUUID() } },
    { name: 'setup/add-people', args: {} },
  ]
  expect((await host.push(mine, deeds)).map(({ error }) => error?.code)).toEqual(deeds.map(() => 'command/unknown'))
  await host.push(other, [{ name: 'nothing', args: null }]) // of a device that the proof has to know still, and not as withdrawn
  const head = await firm.head()
  expect(verifyRecords(await firm.records(), { heads: [head], isSignedBy: isSignedByOnce }).findings).toEqual([])
})
