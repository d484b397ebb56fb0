import { createHash, randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commands } from '../../shared/commands/registry.ts'
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { emails, HttpHost } from '../../test/support/http-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { routes } from './build-app.ts'

let host: HttpHost
beforeEach(async () => {
  host = await HttpHost.open()
})
afterEach(() => host.close())

const envelope = (n: number, name: string, args: unknown) => ({ id: randomUUID(), n, name, version: 1, args, madeAtMs: Date.now() })
const push = (token: string, ...commands: readonly unknown[]) => host.push(token, ...(commands as object[]))

test('a contact pushed by one arrives at another, over plain HTTP', async () => {
  const [anna, otto] = [await host.session(emails.advisor), await host.session(emails.otherAdvisor)]
  const { body: before } = await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }, otto.accessToken)
  expect((await push(anna.accessToken, envelope(1, 'contact/log', logArgs(2, 1)))).body).toMatchObject({ lastN: 1, outcomes: [{ status: 'applied' }] })
  const { body: after } = await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: before.cursor, scopeHash: before.scopeHash, sinceN: 0 }, otto.accessToken)
  expect(after).toMatchObject({ rows: [{ table: 'contactEntries', id: idOf('entry', 2), row: { authorId: advisorId } }], scope: null, hasMore: false })
})

test('four eyes hold against a program that has no app around it', async () => {
  const verdicts = [
    { name: 'verification/confirm', args: { id: idOf('claim', 1), evidence: [{ activityId: idOf('line', 1), amountMinor: 200_000_000 }], letterSha256: null, reason: 'Mine' } },
    { name: 'verification/confirm-partly', args: { id: idOf('claim', 1), evidence: [{ activityId: idOf('line', 1), amountMinor: 1 }], letterSha256: null, reason: 'Mine' } },
    { name: 'verification/reject', args: { id: idOf('claim', 1), reason: 'Mine' } },
    { name: 'verification/return', args: { id: idOf('claim', 1), reason: 'Mine' } },
  ]
  for (const [email, code] of [
    [emails.advisor, 'access/role'],
    [emails.dependentController, 'access/four-eyes'],
  ] as const) {
    const { accessToken } = await host.session(email)
    const { body } = await push(accessToken, ...verdicts.map((v, i) => envelope(i + 1, v.name, v.args)))
    expect(body.outcomes.map((o: { error: { code: string } }) => o.error.code)).toEqual(verdicts.map(() => code))
  }
  expect(await host.pg.find('outcomeClaims', idOf('claim', 1))).toMatchObject({ state: 'claimed', confirmedMinor: 0, rev: 1 })
})

test('[L9] an open stream hears of a commit within a second, on this server and on another', async () => {
  const { accessToken } = await host.session(emails.advisor)
  const stream = await fetch(`${host.url}/v1/sync/events`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect(stream.headers.get('content-type')).toBe('text/event-stream')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  const readHead = async (): Promise<number> => Number(/"head":(\d+)/.exec((await reader?.read())?.value ?? '')?.[1])
  const first = await readHead()
  const startedAtMs = performance.now()
  const device = await host.pg.device(advisorId) // past this server's HTTP, as a neighbour would
  await host.pg.push(device, [{ name: 'contact/log', args: logArgs(2, 1) }])
  expect(await readHead()).toBeGreaterThan(first)
  expect(performance.now() - startedAtMs).toBeLessThan(1_000)
  await reader?.cancel()
})

test('[V1] a client below the floor is told so, whatever else it says', async () => {
  const { accessToken } = await host.session(emails.advisor)
  for (const path of ['push', 'pull', 'snapshot']) {
    expect(await host.post(`/v1/sync/${path}`, { protocol: 0, old: true }, accessToken)).toMatchObject({
      status: 426,
      body: { error: { code: 'sync/client-too-old', params: { minProtocol: PROTOCOL_FLOOR } } },
    })
  }
})

test('refuses what does not fit instead of dropping it', async () => {
  const { accessToken } = await host.session(emails.advisor)
  const malformed = { status: 400, body: { error: { code: 'request/malformed' } } }
  expect(await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0, isAdmin: true }, accessToken)).toMatchObject(malformed)
  expect(await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: '5', scopeHash: null, sinceN: 0 }, accessToken)).toMatchObject(malformed)
  expect(await push(accessToken)).toMatchObject(malformed)
  expect(await push(accessToken, { ...envelope(1, 'contact/log', {}), actorId: advisorId })).toMatchObject(malformed)
  const notJson = await fetch(`${host.url}/v1/sync/pull`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` } })
  expect(notJson.status).toBe(400)
  expect(await host.send('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { error: { code: 'request/not-found' } } })
  expect(await host.send('POST', '/v1/session', new Uint8Array(2_000_000))).toMatchObject({ status: 413, body: { error: { code: 'request/too-large' } } })
})

test('files: kept under their hash, once, for those who may, and whole', async () => {
  const bytes = new TextEncoder().encode('a signed letter')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const controller = (await host.session(emails.controller)).accessToken
  const put = (hash: string, token?: string) => host.send('PUT', `/v1/files/${hash}`, bytes, token)
  expect((await put(sha256)).status).toBe(401)
  expect((await put(sha256, (await host.session(emails.advisor)).accessToken)).body).toMatchObject({ error: { code: 'access/role' } })
  expect((await put('0'.repeat(64), controller)).status).toBe(400)
  expect((await put('../../etc/passwd', controller)).status).toBe(404)
  expect((await put(sha256, controller)).status).toBe(204)
  expect((await put(sha256, controller)).status).toBe(204)
  expect(await host.pg.db.selectFrom('blob').select('sha256').execute()).toEqual([{ sha256 }])
  expect((await host.send('PUT', `/v1/files/${sha256}`, new Uint8Array(20 * 1_024 * 1_024 + 1), controller)).status).toBe(413)
})

test('too many requests in a second are told to wait', async () => {
  await host.close()
  host = await HttpHost.open({ RAPPORT_REQUESTS_PER_SECOND: '3' })
  const { accessToken } = await host.session(emails.advisor)
  const body = { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }
  const answers = await Promise.all(Array.from({ length: 6 }, () => host.post('/v1/sync/pull', body, accessToken)))
  const late = answers.filter((a) => a.status === 429)
  expect(late.length).toBeGreaterThan(0)
  expect(late[0]).toMatchObject({ body: { error: { code: 'request/too-many' } } })
  expect(late[0]?.headers.get('retry-after')).toBe('1')
})

test('[H3] compliance gets every version of a record, and nobody else', async () => {
  const { accessToken } = await host.session(emails.advisor)
  await push(accessToken, envelope(1, 'contact/log', logArgs(2, 1)), envelope(2, 'contact/void', { id: idOf('entry', 2), reason: 'Twice' }))
  const body = { protocol: PROTOCOL_VERSION, table: 'contactEntries', id: idOf('entry', 2) }
  expect(await host.post('/v1/audit/versions', body, accessToken)).toMatchObject({ status: 403, body: { error: { code: 'access/role' } } })
  const compliance = await host.session('clara.recht@rapport.example')
  const { status, body: answer } = await host.post('/v1/audit/versions', body, compliance.accessToken)
  expect(status).toBe(200)
  expect(answer.versions).toMatchObject([
    { name: 'contact/log', actorId: advisorId, row: { rev: 1, state: 'active' } },
    { name: 'contact/void', actorId: advisorId, row: { rev: 2, state: 'voided' } },
  ])
})

test('openapi.json describes every route and every command', async () => {
  const { body } = await host.send('GET', '/openapi.json')
  for (const { path, method } of routes)
    expect(body.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]).toMatchObject({ summary: expect.any(String), description: expect.any(String) })
  for (const { name, version } of commands)
    expect(body.components.schemas[`command.${name.replace('/', '.')}.${version}`]).toMatchObject({ type: 'object', additionalProperties: false })
  expect(body.paths['/v1/sync/push'].post.responses['409'].description).toContain('sync/gap')
  expect(body.paths['/v1/session'].post.security).toEqual([])
})

test('says whether it is alive and ready', async () => {
  expect(await host.send('GET', '/livez')).toMatchObject({ status: 200, body: 'ok' })
  expect((await host.send('GET', '/readyz')).status).toBe(200)
  host.isDraining = true
  expect(await host.send('GET', '/readyz')).toMatchObject({ status: 503, body: { error: { code: 'server/unavailable' } } })
  expect((await host.send('GET', '/livez')).status).toBe(200)
})

test('[K2] takes no commands while its trail is not the one that its witness knows, and tells what it has', async () => {
  const { accessToken } = await host.session(emails.advisor)
  host.hasHistoryAlarm = true
  const differs = { status: 503, body: { error: { code: 'server/history-differs' } } }
  expect(await host.send('GET', '/readyz')).toMatchObject(differs)
  expect(await push(accessToken, envelope(1, 'contact/log', logArgs(2, 1)))).toMatchObject(differs)
  const pull = { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }
  expect(await host.post('/v1/sync/pull', pull, accessToken)).toMatchObject({ status: 200, body: { lastN: 0 } })
})

test('answers carry the headers of a hardened server', async () => {
  const { headers } = await host.send('GET', '/livez')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('x-powered-by')).toBeNull()
})
