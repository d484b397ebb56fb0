import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import type { SignedCommand } from '../../shared/sync/push.ts'
import { NO_HASH, signCommands } from '../../shared/sync/signing.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { newSigner, PgHost, type TestDevice } from '../../test/support/pg-host.ts'
import { advisorId, serverFirm } from '../../test/support/server-firm.ts'
import { registerDevice } from '../auth/register-device.ts'
import { withActor } from '../db/with-actor.ts'

let host: PgHost
let device: TestDevice
beforeEach(async () => {
  host = await PgHost.open(serverFirm())
  device = await host.device(advisorId)
})
afterEach(() => host.close())

const log = (n: number) => host.envelope(device, { name: 'contact/log', args: logArgs(n, 1) }, 1_000)
const signed = (...numbers: number[]) => host.sign(device.id, device.signer, numbers.map(log))
const bad = { ok: false, error: { code: 'sync/bad-signature', params: { lastN: 0, lastHash: NO_HASH } } }

const forgeries: readonly (readonly [string, (command: SignedCommand) => SignedCommand])[] = [
  ['name', (c) => ({ ...c, name: 'contact/void' })],
  ['version', (c) => ({ ...c, version: 2 })],
  ['arguments', (c) => ({ ...c, args: logArgs(8, 1) })],
  ['time', (c) => ({ ...c, madeAtMs: 1_001 })],
  ['id', (c) => ({ ...c, id: randomUUID() })],
  ['signature', (c) => ({ ...c, signature: `${c.signature[0] === 'A' ? 'B' : 'A'}${c.signature.slice(1)}` })],
]

test.each(forgeries)('[S1] a command with another %s than was signed is refused, and nothing of the push is taken', async (_what, forge) => {
  const [first, second] = await signed(2, 3)
  expect(await host.pushRaw(device, [must(first, 'first'), forge(must(second, 'second'))])).toMatchObject(bad)
  expect(await host.db.selectFrom('command_log').selectAll().execute()).toEqual([])
  expect(await host.pushRaw(device, [must(first, 'first'), must(second, 'second')])).toMatchObject({ ok: true, value: { lastN: 2 } })
})

test('[S1] another key than the device’s signs nothing, and another device’s signature does not fit', async () => {
  expect(await host.pushRaw(device, signCommands(newSigner(), device.id, { n: 0, hash: NO_HASH }, [log(2)]))).toMatchObject(bad)
  expect(await host.pushRaw(device, signCommands(device.signer, randomUUID(), { n: 0, hash: NO_HASH }, [{ ...log(2), n: 1 }]))).toMatchObject(bad)
})

test('[S2] a command names the one before it, and the answer names the last', async () => {
  const pushed = await host.pushRaw(device, await signed(2, 3))
  if (!pushed.ok) throw new Error(pushed.error.code)
  const { lastHash } = pushed.value
  const third = log(4)
  expect(await host.pushRaw(device, signCommands(device.signer, device.id, { n: 2, hash: NO_HASH }, [third]))).toMatchObject({
    ok: false,
    error: { code: 'sync/bad-signature', params: { lastN: 2, lastHash } },
  })
  expect(await host.pushRaw(device, signCommands(device.signer, device.id, { n: 2, hash: lastHash }, [third]))).toMatchObject({ ok: true, value: { lastN: 3 } })
  const trail = await host.db.selectFrom('audit').select(['device_n', 'device_hash', 'signature']).orderBy('n').execute()
  expect(trail.map((e) => e.device_n)).toEqual([1, 2, 3])
  expect(trail[1]?.device_hash).toBe(lastHash)
})

test('[S3] the same command is signed the same, so that sending again changes nothing', async () => {
  const commands = [log(2), log(3)]
  const once = signCommands(device.signer, device.id, { n: 0, hash: NO_HASH }, commands)
  expect(signCommands(device.signer, device.id, { n: 0, hash: NO_HASH }, commands)).toEqual(once)
  const answer = await host.pushRaw(device, once)
  expect(await host.pushRaw(device, once)).toEqual(answer)
})

test('[S4] [S5] the trail says which key a device has, and the key stays; the server’s own key, which signs that, comes first', async () => {
  const [id, signer, other, server] = [randomUUID(), newSigner(), newSigner(), newSigner()]
  const register = (publicKey: string) => withActor(host.db, null, (tx) => registerDevice(tx, server, { id, name: 'Laptop', publicKey, colleagueId: advisorId }, 5))
  expect(await register(signer.publicKey)).toMatchObject({ publicKey: signer.publicKey, lastN: 0 })
  expect(await register(other.publicKey)).toMatchObject({ publicKey: signer.publicKey })
  const trail = await host.db.selectFrom('audit').select(['name', 'args']).orderBy('n').execute()
  expect(trail.map((e) => e.name)).toEqual(['server/key', 'device/register'])
  expect(trail[0]?.args).toEqual({ publicKey: server.publicKey })
  expect(trail[1]?.args).toEqual({ deviceId: id, name: 'Laptop', publicKey: signer.publicKey, colleagueId: advisorId })
})

test('[K1] a pull tells the trail’s head, and its hash at the size that the device names', async () => {
  for (const n of [2, 3, 4]) await host.push(device, [{ name: 'contact/log', args: logArgs(n, 1) }])
  const trail = await host.db.selectFrom('audit').select(['n', 'hash']).orderBy('n').execute()
  const [second, last] = [must(trail[1], 'entry'), must(trail[2], 'entry')]
  expect((await host.pull(device)).head).toEqual({ size: 3, hash: last.hash, hashAtNamed: null })
  expect((await host.pull(device, { headSize: second.n })).head.hashAtNamed).toBe(second.hash)
  expect((await host.pull(device, { headSize: 0 })).head.hashAtNamed).toBe(NO_HASH)
  expect((await host.pull(device, { headSize: 4 })).head.hashAtNamed).toBeNull()
})
