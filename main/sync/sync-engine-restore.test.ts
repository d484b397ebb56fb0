import type { ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { aCommand } from '../outbox/journal-fixture.ts'
import { fail } from './small-server.ts'
import { aDevice, silentLog } from './sync-fixture.ts'

const soon = { timeout: 10_000, interval: 5 }

test('[P2] a new epoch alone makes the device send what the restored server lacks', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([1, 2].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  server.forgetAfter(0)
  server.epoch = 'two'
  await sync.pull({ cursor: 5, scopeHash: null, sinceN: 2 })
  await vi.waitFor(() => expect(server.lastN).toBe(2), soon)
})

test('[B5] two answers that tell of a restore at once are one alarm', async () => {
  const alarms: string[] = []
  const { server, journal, sync } = await aDevice({ log: { ...silentLog, warn: (event) => void alarms.push(event) } })
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  server.epoch = 'two'
  const note = journal.noteRestored.bind(journal)
  vi.spyOn(journal, 'noteRestored').mockImplementation(() => new Promise((resolve) => setTimeout(resolve, 100)).then(note)) // a slow disk
  const pull = () => sync.pull({ cursor: 5, scopeHash: null, sinceN: 0 })
  await Promise.all([pull(), pull(), pull()])
  expect(alarms.filter((event) => event === 'sync.server-restored')).toHaveLength(1)
})

test('[B5] sends again what a restored server lacks, also when it gives no new session at that moment', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([1, 2].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  server.forgetAfter(0)
  server.epoch = 'two'
  server.fault = ({ path }, response) => {
    if (path !== '/v1/session/refresh') return false
    fail(response, 429, 'request/too-many')
    return true
  }
  await sync.pull({ cursor: 5, scopeHash: null, sinceN: 2 })
  await vi.waitFor(() => expect(server.lastN).toBe(2), soon)
})

test('[B6] work made before a restore, first sent by whoever signs in after it, waits for what others bring back', async () => {
  const { server, journal, sync } = await aDevice()
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  await journal.append([aCommand(1)]) // builds on another laptop's work, which the backup does not have; of its own this device lost nothing
  server.unknownTargets.add(aCommand(1).id)
  server.epoch = 'two'
  server.accessToken = 'none' // no session is in a backup
  server.refreshTokens.clear()
  expect(await sync.signIn('correct horse')).toMatchObject({ ok: true })
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'online', waiting: [{ id: aCommand(1).id }] }), soon)
  expect(sync.status().refusedCount).toBe(0)
  server.unknownTargets.clear()
  sync.now()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 0, refusedCount: 0 }), soon)
})

test('[B6] a push that was under way while somebody signed in is made anew, after the restore is known', async () => {
  const { server, journal, sync } = await aDevice()
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  await journal.append([aCommand(1)])
  const held = Promise.withResolvers<ServerResponse>()
  server.fault = ({ path }, response) => {
    if (path !== '/v1/sync/push') return false
    server.fault = () => false
    held.resolve(response)
    return true
  }
  sync.start()
  const underWay = await held.promise
  server.unknownTargets.add(aCommand(1).id)
  Object.assign(server, { epoch: 'two', accessToken: 'none', refreshTokens: new Set() })
  expect(await sync.signIn('correct horse')).toMatchObject({ ok: true })
  fail(underWay, 401, 'session/expired')
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ refusedCount: 0, waiting: [{ id: aCommand(1).id }] }), soon)
})
