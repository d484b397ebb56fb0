import { randomUUID } from 'node:crypto'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { emails, HttpHost, PASSPHRASE } from '../../test/support/http-host.ts'

let host: HttpHost
let token: string
beforeAll(async () => {
  host = await HttpHost.open()
  token = (await host.session(emails.advisor)).accessToken
})
afterAll(() => host.close())

const send = async (path: string, body: Uint8Array, encoding: string, accessToken: string | null = token) => {
  const headers = { 'content-type': 'application/json', 'content-encoding': encoding, ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}) }
  const response = await fetch(host.url + path, { method: 'POST', headers, body: Buffer.from(body) })
  return { status: response.status, body: (await response.json()) as { error?: { code: string } } }
}
const json = (value: unknown) => Buffer.from(JSON.stringify(value))
const push = (note: string) => host.pushBody(token, { id: randomUUID(), n: 1, name: 'contact/log', version: 1, args: { ...logArgs(50, 1), note }, madeAtMs: Date.now() })

test('a compressed push is one like any other', async () => {
  const answer = await send('/v1/sync/push', gzipSync(json(await push('x'.repeat(3_000)))), 'gzip')
  expect(answer).toMatchObject({ status: 200, body: { lastN: 1 } })
})

test('a body that swells without measure is refused while it is read', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, 32))
  expect(await send('/v1/sync/push', bomb, 'gzip')).toMatchObject({ status: 413, body: { error: { code: 'request/too-large' } } })
  const large = gzipSync(json(await push(Array.from({ length: 400_000 }, (_, i) => `${i}`).join(' ')))) // beyond the route's limit at a likely ratio: 413 too
  expect(await send('/v1/sync/pull', large, 'gzip')).toMatchObject({ status: 413 })
})

test('what is not gzip, not whole or not about sync is malformed', async () => {
  const whole = gzipSync(json(await push('y'.repeat(3_000))))
  for (const [body, encoding] of [
    [whole.subarray(0, whole.length - 12), 'gzip'],
    [Buffer.from('not gzip at all'), 'gzip'],
    [deflateSync(json(await push('z'))), 'deflate'],
    [whole, 'br'],
  ] as const)
    expect(await send('/v1/sync/push', body, encoding)).toMatchObject({ status: 400, body: { error: { code: 'request/malformed' } } })
  const signIn = json({ protocol: PROTOCOL_VERSION, email: emails.advisor, passphrase: PASSPHRASE, device: { id: randomUUID(), name: 'Test' } })
  expect(await send('/v1/session', gzipSync(signIn), 'gzip', null)).toMatchObject({ status: 400 })
})

test('without a session nothing is inflated', async () => {
  expect(await send('/v1/sync/push', gzipSync(Buffer.alloc(50_000_000, 32)), 'gzip', null)).toMatchObject({ status: 401 })
})

test('answers about sync are compressed for those who ask for it', async () => {
  await host.pg.seed(Array.from({ length: 30 }, (_, i) => ({ table: 'colleagues', row: serverColleague(i) }) as never))
  const ask = (accepted: string) =>
    fetch(`${host.url}/v1/sync/pull`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'accept-encoding': accepted },
      body: JSON.stringify({ protocol: PROTOCOL_VERSION, cursor: 0, scopeHash: null, sinceN: 0 }),
    })
  const [zipped, plain] = [await ask('gzip'), await ask('identity')]
  expect([zipped.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual(['gzip', null])
  expect(await zipped.json()).toEqual(await plain.json())
})

const serverColleague = (i: number) => ({
  id: randomUUID(),
  name: `P ${i}`,
  email: `p${i}@rapport.example`,
  role: 'advisor',
  title: '',
  teamId: null,
  managerId: null,
  isActive: true,
  rev: 1,
})
