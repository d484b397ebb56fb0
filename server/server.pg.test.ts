import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ApiClient } from '../test/support/api-client.ts'
import { people } from '../test/support/people.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { waitFor } from '../test/support/wait-for.ts'

let folder: string
let server: TestServer | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-server-'))
})
afterEach(async () => {
  await server?.stop()
  server = null
  rmSync(folder, { recursive: true, force: true })
})

const dataDir = (): string => join(folder, 'data')
const start = async (env: Readonly<Record<string, string>> = {}): Promise<TestServer> => {
  server = await startTestServer({ dataDir: dataDir(), env: { DATABASE_URL: '', RAPPORT_SAMPLE: '1', RAPPORT_SAMPLE_SCALE: '0.05', ...env } })
  return server
}
const readLog = (): string => (existsSync(join(folder, 'data.server.log')) ? readFileSync(join(folder, 'data.server.log'), 'utf8') : '')

test('what was acknowledged survives SIGKILL of the server, and its orphaned database does not keep the next one from starting', { timeout: 120_000 }, async () => {
  const first = await start()
  const anna = await ApiClient.signIn(first.url, people.advisor)
  const [household] = await anna.list('households')
  const edits = { city: { from: household?.city ?? '', to: 'Szentendre' } }
  expect(await anna.run('household/edit', { id: household?.id ?? '', edits })).toMatchObject({ status: 'applied' })
  process.kill(first.pid, 'SIGKILL') // the database lives on without its server
  const second = await start()
  const again = await ApiClient.signIn(second.url, people.advisor)
  expect((await again.list('households')).find((h) => h.id === household?.id)?.city).toBe('Szentendre')
})

test('stops on SIGTERM with its database, and says so', { timeout: 120_000 }, async () => {
  const running = await start()
  const stream = await fetch(`${running.url}/livez`)
  expect(stream.status).toBe(200)
  await running.stop()
  expect(readLog()).toContain('"event":"server.stopped"')
  expect(readFileSync(join(dataDir(), 'postgres', 'postgres.log'), 'utf8')).toContain('database system is shut down')
})

test('stops with its database also while it makes the sample firm, and makes it anew at the next start', { timeout: 180_000 }, async () => {
  const starting = start({ RAPPORT_SAMPLE_SCALE: '0.5' }).catch((error: unknown) => error)
  await waitFor('the sample firm to be begun', () => readLog().includes('"event":"sample.progress"') || undefined, { withinMs: 60_000 })
  process.kill(Number.parseInt(readFileSync(join(dataDir(), 'postgres', 'server.lock'), 'utf8'), 10), 'SIGTERM')
  expect(await starting).toBeInstanceOf(Error)
  expect(readLog()).toContain('"event":"server.stopped"')
  expect(readLog()).not.toContain('"event":"sample.loaded"')
  const second = await start()
  expect(readLog()).toContain('"event":"sample.loaded"')
  const anna = await ApiClient.signIn(second.url, people.advisor)
  expect(await anna.list('households')).not.toHaveLength(0)
})

test('a second server leaves the database of the first alone', { timeout: 120_000 }, async () => {
  const first = await start()
  await expect(startTestServer({ dataDir: dataDir(), env: { DATABASE_URL: '' } })).rejects.toThrow()
  expect(readLog()).toContain(`The server with process id ${first.pid} uses`)
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
})

test('ends where its port is taken, and says why', { timeout: 120_000 }, async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  try {
    const { port } = taken.address() as AddressInfo
    await expect(startTestServer({ dataDir: dataDir(), port, env: { DATABASE_URL: '' } })).rejects.toThrow(/The server ended[\s\S]*EADDRINUSE/)
  } finally {
    taken.close()
  }
})

test('its log holds no names, notes, addresses, amounts or tokens', { timeout: 120_000 }, async () => {
  const { url } = await start({ LOG_LEVEL: 'trace' })
  const anna = await ApiClient.signIn(url, people.advisor)
  const [household] = await anna.list('households')
  await anna.run('household/edit', { id: household?.id ?? '', edits: { city: { from: household?.city ?? '', to: 'Szentendre' } } })
  const log = readLog() + readFileSync(join(dataDir(), 'postgres', 'postgres.log'), 'utf8')
  expect(log).toContain('"event":"http.request"')
  for (const secret of [people.advisor, household?.name ?? '', 'Szentendre', 'battery staple', 'Bearer', 'password']) expect(log).not.toContain(secret)
})
