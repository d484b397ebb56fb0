import { readFile, stat, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { expect, test, vi } from 'vitest'
import { NO_HASH } from '../../shared/sync/signing.ts'
import { aCommand, unwrap } from '../outbox/journal-fixture.ts'
import { fail, WIPE_TOKEN } from './small-server.ts'
import { aDevice } from './sync-fixture.ts'

const soon = { timeout: 10_000, interval: 5 }

test('[J6] [P1] sends the journal in its order, without a window, and keeps the answers', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([1, 2, 3].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'online', unsentCount: 0 }), soon)
  expect(server.pushed.map(({ n, id }) => [n, id])).toEqual([1, 2, 3].map((n) => [n, aCommand(n).id]))
  expect(journal.listOpen().map(({ status }) => status)).toEqual(['applied', 'applied', 'applied'])
})

test('tells until when the laptop opens without another contact, and moves that with each contact', async () => {
  const { sync } = await aDevice()
  const before = sync.status()
  sync.start()
  await vi.waitFor(() => expect(sync.status().connection).toBe('online'), soon)
  const after = sync.status()
  for (const { lastContactAtMs, leaseEndsAtMs } of [before, after]) expect((leaseEndsAtMs ?? 0) - (lastContactAtMs ?? 0)).toBe(72 * 3_600_000)
  expect(after.leaseEndsAtMs).toBeGreaterThan(before.leaseEndsAtMs ?? 0)
})

test('[P1] an answer that gets lost on its way is fetched by sending again', async () => {
  const { server, journal, sync } = await aDevice()
  let isLost = false
  server.fault = ({ path, body }, response) => {
    if (path !== '/v1/sync/push' || isLost) return false
    isLost = true
    server.acceptUnseen((body as { commands: never[] }).commands)
    response.destroy()
    return true
  }
  await journal.append([1, 2].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(server.pushed.map(({ n }) => n)).toEqual([1, 2])
  expect(server.requests.filter((line) => line.endsWith('/push'))).toHaveLength(2)
})

test('[P2] goes on from where the server is, which lost the last commands in a restore', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([1, 2, 3].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  server.forgetAfter(1)
  await journal.append([aCommand(4)])
  sync.workAdded()
  await vi.waitFor(() => expect(server.lastN).toBe(4), soon)
  expect(server.pushed.map(({ id }) => id)).toEqual([1, 2, 3, 4].map((i) => aCommand(i).id))
})

test('[P2] numbers of a damaged journal that the server never saw are closed up', async () => {
  const first = await aDevice()
  await first.journal.append([1, 2].map(aCommand))
  first.sync.start()
  await vi.waitFor(() => expect(first.sync.status().unsentCount).toBe(0), soon)
  first.sync.stop()
  const damagedAt = (await stat(first.path)).size + 60
  for (const i of [3, 4, 5]) await first.journal.append([aCommand(i)])
  await first.journal.close()
  const bytes = await readFile(first.path)
  bytes[damagedAt] = (bytes[damagedAt] ?? 0) ^ 1
  await writeFile(first.path, bytes)

  const second = await aDevice({ server: first.server, path: first.path })
  expect(second.sync.status().error).toMatchObject({ code: 'storage/journal-damaged' })
  expect(unwrap(await second.journal.append([aCommand(9)]))).toMatchObject([{ n: 6 }])
  second.sync.start()
  await vi.waitFor(() => expect(second.sync.status().unsentCount).toBe(0), soon)
  expect(first.server.pushed.map(({ n, id }) => [n, id])).toEqual([1, 2, 9].map((i, at) => [at + 1, aCommand(i).id]))
})

test('[S2] an end of the chain that comes with the very push that was signed behind another one is used at once, without a wait', async () => {
  const failed: unknown[] = []
  const log = { info: (_: string, facts?: object) => failed.push(facts), warn: () => undefined, bug: (event: string, cause: unknown) => console.error(event, cause) }
  const first = await aDevice()
  await first.journal.append([1, 2].map(aCommand))
  first.sync.start()
  await vi.waitFor(() => expect(first.sync.status().unsentCount).toBe(0), soon)
  first.sync.stop()
  const again = await aDevice({ server: first.server, path: first.path, log }) // it knows no end of the chain before its first token
  await again.journal.append([aCommand(3)])
  again.sync.workAdded()
  await vi.waitFor(() => expect(again.sync.status().unsentCount).toBe(0), soon)
  expect(failed).toEqual([])
})

test('[S2] signs behind the end of the chain that the server names, where it had another one in mind', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([1, 2].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  server.hashes[2] = 'a'.repeat(64) // restored from another line of history
  await journal.append([aCommand(3)])
  sync.workAdded()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(server.signedBadly).toEqual([3])
  expect(server.pushed.map(({ n }) => n)).toEqual([1, 2, 3])
})

test('[S1] a signature that never fits stays in the queue and is lost by nobody', async () => {
  const { server, journal, sync } = await aDevice()
  server.fault = ({ path }, response) => {
    if (path === '/v1/sync/push') fail(response, 422, 'sync/bad-signature', { lastN: 0, lastHash: NO_HASH })
    return path === '/v1/sync/push'
  }
  await journal.append([aCommand(1)])
  sync.start()
  await vi.waitFor(() => expect(server.requests.filter((line) => line.endsWith('/push')).length).toBeGreaterThan(1), soon)
  expect(sync.status()).toMatchObject({ unsentCount: 1, refusedCount: 0 })
})

test('[P3] commands that the server knows by an older number are not sent twice', async () => {
  const { server, journal, sync } = await aDevice()
  server.acceptUnseen([1, 2].map((n) => ({ ...aCommand(n), n }))) // from this device, before its journal was lost
  await journal.append([2, 3].map(aCommand)) // 2 comes back from the database of the page
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(server.pushed.map(({ n, id }) => [n, id])).toEqual([1, 2, 3].map((n) => [n, aCommand(n).id]))
  expect(journal.listOpen().map(({ n, status }) => [n, status])).toEqual([
    [2, 'applied'],
    [3, 'applied'],
  ])
})

test('[P3] an answer is found behind more others than one pull brings', async () => {
  const { server, journal, sync } = await aDevice()
  server.outcomesOfPull = 2
  server.acceptUnseen([1, 2, 3, 4, 5].map((n) => ({ ...aCommand(n), n }))) // from this device, before its journal was lost
  await journal.append([5, 6].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(journal.listOpen().map(({ n, status }) => [n, status])).toEqual([
    [5, 'applied'],
    [6, 'applied'],
  ])
})

test('[P4] a refused command stays with its reason and those behind it go on', async () => {
  const { server, journal, sync } = await aDevice()
  server.refusedNames.add('contact/void')
  await journal.append([aCommand(1), { ...aCommand(2), name: 'contact/void' }, aCommand(3)])
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 0, refusedCount: 1 }), soon)
  expect(journal.listOpen().map(({ status, error }) => [status, error?.code])).toEqual([
    ['applied', undefined],
    ['refused', 'access/role'],
    ['applied', undefined],
  ])
})

test('[P4] a command that the server cannot even read does not hold up the others', async () => {
  const { server, journal, sync } = await aDevice()
  server.fault = ({ path, body }, response) => {
    const isBad = path === '/v1/sync/push' && JSON.stringify(body).includes('unreadable')
    if (isBad) fail(response, 400, 'request/malformed')
    return isBad
  }
  await journal.append([aCommand(1), { ...aCommand(2), args: 'unreadable' }, aCommand(3)])
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 0, refusedCount: 1 }), soon)
  expect(server.pushed.map(({ n, id }) => [n, id])).toEqual([
    [1, aCommand(1).id],
    [2, aCommand(3).id],
  ])
})

test('[P5] goes on by itself after the server was away', async () => {
  const { server, journal, sync } = await aDevice()
  let isAway = true
  server.fault = (_request, response) => {
    if (isAway) response.destroy()
    return isAway
  }
  await journal.append([aCommand(1)])
  sync.start()
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(1), soon)
  expect(sync.status()).toMatchObject({ connection: 'offline', unsentCount: 1 })
  isAway = false
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'online', unsentCount: 0 }), soon)
})

test('[P6] the page of a captive portal counts as being offline', async () => {
  const { server, journal, sync } = await aDevice()
  server.fault = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to the hotel</h1>')
    return true
  }
  await journal.append([aCommand(1)])
  sync.start()
  await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(0), soon)
  expect(sync.status()).toMatchObject({ connection: 'offline', unsentCount: 1 })
})

test('[P6] an ended session stops the queue without dropping it, and the passphrase starts it again', async () => {
  const { server, journal, sync } = await aDevice()
  server.refreshTokens.clear()
  await journal.append([aCommand(1)])
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'signInNeeded', unsentCount: 1 }), soon)
  expect(await sync.authorise('wrong')).toMatchObject({ ok: false, error: { code: 'session/wrong-credentials' } })
  expect((await sync.authorise('correct horse')).ok).toBe(true)
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'online', unsentCount: 0 }), soon)
})

test('a refused renewal that was under way while somebody signed in does not end the new session', async () => {
  const { server, sync, store } = await aDevice()
  const renewal = Promise.withResolvers<ServerResponse>()
  server.fault = ({ path }, response) => {
    if (path === '/v1/session/refresh') renewal.resolve(response)
    return path === '/v1/session/refresh'
  }
  const asked = sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  const held = await renewal.promise
  unwrap(await sync.signIn('correct horse'))
  const { refreshToken } = store.read()
  fail(held, 401, 'session/expired')
  expect(await asked).toMatchObject({ ok: true })
  expect(store.read().refreshToken).toBe(refreshToken)
  server.fault = () => false
  server.accessToken = 'forgotten by the server'
  expect(await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })).toMatchObject({ ok: true })
})

test('many requests at once renew the session once, and the new refresh token is stored before use', async () => {
  const { server, sync, store, saves } = await aDevice()
  const pulls = await Promise.all(Array.from({ length: 8 }, () => sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })))
  expect(pulls.every(({ ok }) => ok)).toBe(true)
  expect(server.requests.filter((line) => line.endsWith('/refresh'))).toHaveLength(1)
  expect([...server.refreshTokens]).toContain(store.read().refreshToken)
  server.accessToken = 'forgotten after a restart'
  expect((await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })).ok).toBe(true)
  expect(new Set(saves).size).toBe(2)
})

test('a file is uploaded before the command that names it, and again when the server lost it', async () => {
  const { server, journal, blobs, sync } = await aDevice()
  const { sha256 } = unwrap(await blobs.stage(Buffer.from('statement')))
  await journal.append([{ ...aCommand(1), args: { sha256 } }])
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  server.files.clear()
  await journal.append([{ ...aCommand(2), args: { sha256 } }])
  sync.workAdded()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(server.files.get(sha256)?.toString()).toBe('statement')
})

test('a file that no longer exists anywhere costs its command, not the queue', async () => {
  const { server, journal, sync } = await aDevice()
  await journal.append([{ ...aCommand(1), args: { sha256: 'ab'.repeat(32) } }, aCommand(2)])
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 0, refusedCount: 1 }), soon)
  expect(server.pushed.map(({ n, id }) => [n, id])).toEqual([[1, aCommand(2).id]])
})

test.each([
  ['/v1/session/refresh', 'the token that was promised', WIPE_TOKEN, 1],
  ['/v1/session/refresh', 'a token that somebody in between made up', 'a guess', 0],
  ['/v1/sync/events?pages=1', 'the token that was promised', WIPE_TOKEN, 1],
  ['/v1/sync/push', 'the token that was promised', WIPE_TOKEN, 1],
])('an order to wipe that answers %s with %s is heeded or not', async (asked, _token, wipeToken, count) => {
  const { server, journal, sync, revoked } = await aDevice()
  server.fault = ({ path }, response) => {
    if (path !== asked) return false
    fail(response, 403, 'session/device-revoked', { wipeToken })
    return true
  }
  await journal.append([aCommand(1)])
  sync.start()
  await vi.waitFor(() => expect(server.requests.some((line) => line.endsWith(asked))).toBe(true), soon)
  await vi.waitFor(() => expect(revoked.count > 0 ? 1 : 0).toBe(count), soon)
})
