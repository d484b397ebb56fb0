import { expect, test, vi } from 'vitest'
import { aDevice } from './sync-fixture.ts'

const soon = { timeout: 10_000, interval: 5 }

test('[L9] who signs in again, by the passphrase that opens the laptop or by a session of their own, hears of changes again', async () => {
  const { server, sync, changes } = await aDevice()
  for (const signIn of [() => sync.authorise('correct horse'), async () => sync.takeSession(server.issueSession())]) {
    server.accessToken = 'another'
    server.refreshTokens.clear()
    for (const stream of server.streams) stream.destroy()
    sync.start()
    await vi.waitFor(() => expect(sync.status().connection).toBe('signInNeeded'), soon)
    expect((await signIn()).ok).toBe(true)
    await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
    const before = changes.behind
    server.announce(before + 100)
    await vi.waitFor(() => expect(changes.behind).toBeGreaterThan(before), soon)
  }
})

test('[L9] hears of changes again where the server takes a session back that it had ended, as after a restore', async () => {
  const { server, sync } = await aDevice()
  sync.start()
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
  const { accessToken, refreshTokens } = server
  Object.assign(server, { accessToken: 'another', refreshTokens: new Set() })
  for (const stream of server.streams) stream.destroy()
  await vi.waitFor(() => expect(sync.status().connection).toBe('signInNeeded'), soon)
  Object.assign(server, { accessToken, refreshTokens })
  const asked = await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  expect(asked.ok).toBe(true)
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
})

test('[L9] hears of changes, and announces nothing when nothing that shows has changed', async () => {
  const { server, sync, changes } = await aDevice()
  sync.start()
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
  server.announce(7)
  await vi.waitFor(() => expect(sync.status().serverHead).toBe(7), soon)
  const before = changes.count
  await sync.pull({ cursor: 1, scopeHash: null, sinceN: 0 })
  await sync.pull({ cursor: 1, scopeHash: null, sinceN: 0 })
  expect(changes.count).toBe(before)
})
