import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { Session } from '../../shared/sync/session.ts'
import { emails, HttpHost, PASSPHRASE } from '../../test/support/http-host.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import { advisorId, household } from '../../test/support/server-firm.ts'

let host: HttpHost
let session: Session
beforeAll(async () => {
  host = await HttpHost.open()
  session = await host.session(emails.advisor)
})
afterAll(() => host.close())

const args = () => ({ id: randomUUID(), householdId: household(1), assigneeId: advisorId, title: 'x', note: '', dueOn: '2030-06-12', remindAtMs: null, zone: 'Europe/Vienna' })
const command = (over: object = {}) => ({ id: randomUUID(), n: 1, name: 'follow-up/add', version: 1, madeAtMs: 0, args: args(), ...over })
const push = (...commands: readonly object[]) => host.push(session.accessToken, ...commands)
const isMalformed = { status: 400, body: { error: { code: 'request/malformed' } } }

test.each([
  ['a NUL character in a command’s name', { name: 'follow-up/\u0000' }],
  ['half a character in it', { name: '\ud800' }],
  ['a version that the database cannot hold', { version: 2 ** 31 }],
])('a push with %s is malformed', async (_what, over) => {
  expect(await push(command(over))).toMatchObject(isMalformed)
})

test.each([100, 200_000])('a push of arguments nested %i deep is malformed', async (depth) => {
  const body = `{"protocol":${PROTOCOL_VERSION},"commands":[{"id":"${randomUUID()}","n":1,"name":"follow-up/add","version":1,"madeAtMs":0,"args":${'['.repeat(depth)}${']'.repeat(depth)}}]}`
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${session.accessToken}` }
  expect((await fetch(`${host.url}/v1/sync/push`, { method: 'POST', headers, body })).status).toBe(400)
})

test('a NUL character in a device’s name or a snapshot’s token is malformed', async () => {
  const device = { id: randomUUID(), name: 'Laptop\u0000', publicKey: newSigner().publicKey }
  expect(await host.post('/v1/session', { protocol: PROTOCOL_VERSION, email: emails.advisor, passphrase: PASSPHRASE, device })).toMatchObject(isMalformed)
  const nil = '00000000-0000-0000-0000-000000000000'
  expect(await host.post('/v1/sync/snapshot', { protocol: PROTOCOL_VERSION, householdIds: [], after: `${nil}~\u0000~${nil}` }, session.accessToken)).toMatchObject(isMalformed)
})

test('an address that cannot be read is answered in the one form of errors', async () => {
  expect(await host.send('GET', '/%')).toMatchObject(isMalformed)
})

test('[P1] a command whose id is in capitals can be sent again', async () => {
  const sent = command({ id: randomUUID().toUpperCase() })
  const first = await push(sent)
  expect(first).toMatchObject({ status: 200, body: { lastN: 1, outcomes: [{ status: 'applied' }] } })
  expect((await push(sent)).body).toEqual(first.body)
  expect(await push(command({ id: sent.id.toLowerCase(), n: 2 }))).toMatchObject({ status: 422, body: { error: { code: 'sync/reused-id' } } })
})
