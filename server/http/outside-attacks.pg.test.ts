/** What somebody tries who has the address of the server, and perhaps an account, and no app. */
import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { logArgs } from '../../test/support/firm-rows.ts'
import { emails, HttpHost, PASSPHRASE } from '../../test/support/http-host.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import { newClaim } from '../../test/support/policy-args.ts'
import { advisorId, household } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { routes } from './build-app.ts'

let host: HttpHost
let advisor: string
beforeAll(async () => {
  host = await HttpHost.open()
  advisor = (await host.session(emails.advisor)).accessToken
})
afterAll(() => host.close())
const others: HttpHost[] = []
afterEach(async () => {
  for (const other of others.splice(0)) await other.close()
})
async function another(environment: Readonly<Record<string, string>>): Promise<HttpHost> {
  const other = await HttpHost.open(environment)
  others.push(other)
  return other
}

const pull = { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }
const raw = (body: string, path = '/v1/sync/push') =>
  fetch(host.url + path, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${advisor}` }, body })
const envelope = (name: string, args: object) => ({ id: randomUUID(), n: 1, name, version: 1, madeAtMs: 0, args })

test('nothing that the server says may be kept by somebody in between, tokens and refusals included', async () => {
  const signedIn = await host.signIn(emails.advisor)
  const answers = [
    signedIn,
    await host.post('/v1/sync/pull', pull, advisor),
    await host.post('/v1/sync/pull', pull),
    await host.send('GET', '/nowhere'),
    await host.send('GET', '/livez'),
  ]
  expect(answers.map(({ status, headers }) => [status, headers.get('cache-control')])).toEqual([200, 200, 401, 404, 200].map((status) => [status, 'no-store']))
})

test('no page of another origin is let in, whatever it says it is', async () => {
  for (const origin of ['https://evil.example', 'null', 'app://ui', host.url]) {
    const answer = await host.send('POST', '/v1/sync/pull', pull, advisor, { origin })
    const asked = await host.send('OPTIONS', '/v1/sync/pull', undefined, undefined, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    })
    expect(asked.status).toBe(404)
    for (const { headers } of [answer, asked]) expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
})

test.each(['x-http-method-override', 'x-method-override', 'x-http-method'])('the header %s makes no other request of one', async (name) => {
  expect((await host.send('POST', '/v1/session', undefined, advisor, { [name]: 'DELETE' })).status).toBe(400)
  expect((await host.post('/v1/sync/pull', pull, advisor)).status).toBe(200)
})

test('bodies that would change what all objects have are malformed, and change nothing', async () => {
  for (const key of ['__proto__', 'constructor'])
    for (const at of ['body', 'args'] as const) {
      const poison = `"${key}":{"prototype":{"isPoisoned":true},"isPoisoned":true}`
      const args = JSON.stringify(logArgs(60, 1)).slice(0, -1)
      const command = `{"id":"${randomUUID()}","n":1,"name":"contact/log","version":1,"madeAtMs":0,"args":${args}${at === 'args' ? `,${poison}` : ''}}}`
      const answer = await raw(`{"protocol":${PROTOCOL_VERSION},"commands":[${command}]${at === 'body' ? `,${poison}` : ''}}`)
      expect([key, at, answer.status]).toEqual([key, at, 400])
    }
  expect('isPoisoned' in {}).toBe(false)
})

test.each([
  ['beyond every number', '1e400'],
  ['no number', '"1"'],
  ['a fraction', '1.5'],
  ['negative', '-1'],
  ['larger than whole numbers are exact', '9007199254740993'],
])('a count that is %s is malformed', async (_what, n) => {
  expect((await raw(`{"protocol":${PROTOCOL_VERSION},"cursor":null,"scopeHash":null,"sinceN":${n}}`, '/v1/sync/pull')).status).toBe(400)
})

test('what a client may not say of a record it cannot say beside the rest', async () => {
  const device = { id: randomUUID(), name: 'Laptop', publicKey: newSigner().publicKey }
  for (const more of [{ role: 'admin' }, { colleagueId: advisorId }, { device: { ...device, colleagueId: advisorId } }, { device: { ...device, lastN: 5 } }])
    expect((await host.post('/v1/session', { protocol: PROTOCOL_VERSION, email: emails.advisor, passphrase: PASSPHRASE, device, ...more })).status).toBe(400)
  const { accessToken } = await host.session(emails.advisor)
  const calls = [
    envelope('contact/log', { ...logArgs(61, 1), authorId: idOf('colleague', 5) }),
    { ...envelope('outcome/claim', { ...newClaim, state: 'confirmed', confirmedMinor: 100 }), n: 2 },
    { ...envelope('household/edit', { id: household(1), edits: { rev: { from: 1, to: 9 } } }), n: 3 },
    { ...envelope('household/edit', { id: household(1), edits: { leadCoverageId: { from: null, to: idOf('coverage', 3) } } }), n: 4 },
  ]
  const { status, body } = await host.push(accessToken, ...calls)
  expect([status, body.outcomes?.map((outcome: { error: { code: string } | null }) => outcome.error?.code)]).toEqual([200, calls.map(() => 'command/malformed')])
})

test('whoever may not send files is told so before the bytes come', async () => {
  const { port } = new URL(host.url)
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `PUT /v1/files/${'a'.repeat(64)} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${advisor}\r\ncontent-type: application/octet-stream\r\ncontent-length: 20000000\r\n\r\n`,
      )
    })
    socket.setTimeout(5_000, () => reject(new Error('no answer: it waits for the bytes')))
    socket.once('data', (data) => {
      resolve(data.toString('utf8'))
      socket.destroy()
    })
    socket.once('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 403 /)
})

test('every route that a device may call has its limit', async () => {
  const other = await another({ RAPPORT_REQUESTS_PER_SECOND: '3' })
  const { accessToken } = await other.session(emails.controller)
  for (const { hasCaller, method, path } of routes) {
    if (!hasCaller || path === '/v1/sync/events' || path === '/v1/session') continue // four streams a device; signing out ends what asks
    const at = path.replace(':sha256', 'a'.repeat(64))
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await other.send(method, at, method === 'PUT' ? new Uint8Array(1) : {}, accessToken)).status))
    expect([path, statuses.includes(429)]).toEqual([path, true])
  }
})

test('refresh tokens cannot be tried without end, whatever is said in other headers', async () => {
  const other = await another({ RAPPORT_REQUESTS_PER_SECOND: '3' })
  const guess = async () =>
    (
      await other.send('POST', '/v1/session/refresh', { refreshToken: randomBytes(32).toString('base64url') }, randomBytes(32).toString('base64url'), {
        'x-forwarded-for': `203.0.113.${Math.ceil(Math.random() * 250)}`,
      })
    ).status
  const statuses = await Promise.all(Array.from({ length: 20 }, guess))
  expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(6) // two windows at most
})

/** Queries that the whole server makes for one request: how long it takes, without the noise. */
async function countQueries(request: () => Promise<unknown>): Promise<number> {
  const queries = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await request()
    return queries.mock.calls.length
  } finally {
    queries.mockRestore()
  }
}

test('an unknown e-mail asks the database as often as a known one', async () => {
  const wrong = (email: string) => countQueries(() => host.signIn(email, 'wrong'))
  expect(await wrong('nobody@rapport.example')).toBe(await wrong(emails.otherAdvisor))
})

test('what is absent and what is not one’s own give the same answer, and a snapshot of either the same work', async () => {
  const { accessToken } = await host.session(emails.advisor)
  const absent = randomUUID()
  const snapshot = (id: string) => () => host.post('/v1/sync/snapshot', { protocol: PROTOCOL_VERSION, householdIds: [id], after: null }, accessToken)
  const log = (id: string, n: number) => async () => {
    const { body } = await host.push(accessToken, { ...envelope('contact/log', { ...logArgs(62, 1), householdId: id, personIds: [] }), n })
    expect(body.outcomes).toMatchObject([{ error: { code: 'access/not-found' } }])
  }
  expect(await snapshot(absent)()).toMatchObject({ status: 404, body: (await snapshot(household(3))()).body })
  expect(await countQueries(snapshot(absent))).toBe(await countQueries(snapshot(household(3))))
  await log(absent, 1)()
  await log(household(3), 2)()
})
