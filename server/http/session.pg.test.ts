import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { emails, HttpHost, PASSPHRASE } from '../../test/support/http-host.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'

let host: HttpHost
beforeEach(async () => {
  host = await HttpHost.open()
})
afterEach(() => host.close())

const aDevice = { id: randomUUID(), name: 'Test', publicKey: newSigner().publicKey }
const pull = { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }
const refresh = (refreshToken: string) => host.post('/v1/session/refresh', { refreshToken })
const statusWith = async (token: string): Promise<number> => (await host.post('/v1/sync/pull', pull, token)).status

test('signs in, and the token opens what needs one', async () => {
  const session = await host.session(emails.advisor)
  expect(session).toMatchObject({ colleague: { id: advisorId, role: 'advisor' }, lastN: 0 })
  expect(session.accessExpiresAtMs - session.serverTimeMs).toBe(600_000)
  expect(await statusWith(session.accessToken)).toBe(200)
  expect(await statusWith('nonsense-nonsense-nonsense')).toBe(401)
  expect((await host.post('/v1/sync/pull', pull)).body).toEqual({ error: { code: 'session/expired', params: {} } })
})

test('gives the same answer for an unknown e-mail and a wrong passphrase', async () => {
  const unknown = await host.signIn('nobody@rapport.example')
  const wrong = await host.signIn(emails.advisor, 'wrong')
  expect(unknown.status).toBe(401)
  expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body])
  const answered = (answer: typeof wrong) => [...answer.headers.keys()].filter((k) => k !== 'date').toSorted()
  expect(answered(wrong)).toEqual(answered(unknown))
})

test('behind a proxy the address counts that the proxy saw, whatever the caller wrote in front of it', async () => {
  const behind = await HttpHost.open({ RAPPORT_TRUST_PROXY: '1', RAPPORT_SIGN_INS_PER_IP: '3' })
  const signInFrom = (forwarded: string) =>
    behind.send('POST', '/v1/session', { protocol: PROTOCOL_VERSION, email: `${randomUUID()}@rapport.example`, passphrase: 'wrong', device: aDevice }, undefined, {
      'x-forwarded-for': forwarded,
    })
  try {
    const statuses: number[] = []
    for (let i = 1; i <= 4; i++) statuses.push((await signInFrom(`203.0.113.${i}, 198.51.100.7`)).status)
    expect(statuses).toEqual([401, 401, 401, 429])
    expect((await signInFrom('198.51.100.8')).status).toBe(401)
  } finally {
    await behind.close()
  }
})

test('stops after five attempts a minute for one account, known or not, and tells how long to wait', async () => {
  for (const email of [emails.advisor, 'nobody@rapport.example']) {
    for (let i = 0; i < 5; i++) expect((await host.signIn(email, 'wrong')).status).toBe(401)
    const sixth = await host.signIn(email)
    expect(sixth).toMatchObject({ status: 429, body: { error: { code: 'session/locked-out' } } })
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  host.clockAheadMs = 61_000
  expect((await host.signIn(emails.advisor)).status).toBe(200)
})

test('stops one address that tries many accounts', async () => {
  await host.close()
  host = await HttpHost.open({ RAPPORT_SIGN_INS_PER_IP: '3' })
  for (let i = 0; i < 3; i++) await host.signIn(`nobody${i}@rapport.example`)
  expect(await host.signIn(emails.advisor)).toMatchObject({ status: 429, body: { error: { code: 'request/too-many' } } })
})

test('a device belongs to one person', async () => {
  const deviceId = randomUUID()
  expect((await host.signIn(emails.advisor, undefined, deviceId)).status).toBe(200)
  expect((await host.signIn(emails.advisor, undefined, deviceId)).status).toBe(200)
  expect(await host.signIn(emails.controller, undefined, deviceId)).toMatchObject({ status: 409, body: { error: { code: 'session/device-taken' } } })
})

// The text of another key's last character; the point 0 and the neutral one, for which one signature fits every text.
const noKeys = [
  '_'.repeat(43),
  'A'.repeat(43),
  Buffer.from([1, ...new Array<number>(31).fill(0)]).toString('base64url'),
  Buffer.from([...new Array<number>(31).fill(0), 0x80]).toString('base64url'),
]

test.each(noKeys)('[S4] a device is not registered with %s, which proves nothing', async (publicKey) => {
  const device = { id: randomUUID(), name: 'Laptop', publicKey }
  const answer = await host.post('/v1/session', { protocol: PROTOCOL_VERSION, email: emails.advisor, passphrase: PASSPHRASE, device })
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 'request/malformed', params: { path: 'device.publicKey' } } } })
  expect(await host.pg.db.selectFrom('device').select('id').where('id', '=', device.id).execute()).toEqual([])
})

test('a device’s name is one line that no text turns around', async () => {
  for (const name of ['a\nb', 'a\u202Eb', 'a\u2028b']) {
    const device = { id: randomUUID(), name, publicKey: newSigner().publicKey }
    const answer = await host.post('/v1/session', { protocol: PROTOCOL_VERSION, email: emails.advisor, passphrase: PASSPHRASE, device })
    expect(answer).toMatchObject({ status: 400, body: { error: { params: { path: 'device.name' } } } })
  }
})

test('a person who left cannot sign in, and an open session of theirs ends at once', async () => {
  expect(await host.signIn(emails.gone)).toMatchObject({ status: 403, body: { error: { code: 'session/inactive' } } })
  const session = await host.session(emails.advisor)
  await host.pg.db.updateTable('colleagues').set({ is_active: false }).where('id', '=', advisorId).execute()
  expect(await statusWith(session.accessToken)).toBe(403)
  expect((await refresh(session.refreshToken)).status).toBe(403)
})

test('an access token holds ten minutes; refreshing replaces both tokens', async () => {
  const session = await host.session(emails.advisor)
  host.clockAheadMs = 600_001
  expect(await statusWith(session.accessToken)).toBe(401)
  const next = await refresh(session.refreshToken)
  expect(next.status).toBe(200)
  expect(await statusWith(next.body.accessToken)).toBe(200)
})

test('a refresh token that is used twice ends the sessions of its device, and of no other', async () => {
  const session = await host.session(emails.advisor)
  const elsewhere = await host.session(emails.advisor)
  const next = await refresh(session.refreshToken)
  expect(await refresh(session.refreshToken)).toMatchObject({ status: 401, body: { error: { code: 'session/expired' } } })
  expect(await statusWith(next.body.accessToken)).toBe(401)
  expect((await refresh(next.body.refreshToken)).status).toBe(401)
  expect(await statusWith(elsewhere.accessToken)).toBe(200)
})

test('a device whose answer was lost gets the same tokens again; a copy of its token does not', async () => {
  const session = await host.session(emails.advisor)
  const attempt = { refreshToken: session.refreshToken, attemptId: '0190a0a0-0000-7000-8000-000000000001' }
  const lost = await host.post('/v1/session/refresh', attempt)
  const again = await host.post('/v1/session/refresh', attempt)
  expect(again.body.refreshToken).toBe(lost.body.refreshToken)
  expect(await statusWith(again.body.accessToken)).toBe(200)
  const copy = await host.post('/v1/session/refresh', { ...attempt, attemptId: '0190a0a0-0000-7000-8000-000000000002' })
  expect(copy.status).toBe(401)
  expect(await statusWith(again.body.accessToken)).toBe(401)
})

test('refreshing cannot go on for ever: after 14 days the passphrase is asked', async () => {
  let session = await host.session(emails.advisor)
  host.clockAheadMs = 13 * 86_400_000
  session = (await refresh(session.refreshToken)).body
  host.clockAheadMs = 14 * 86_400_000 + 1_000
  expect((await refresh(session.refreshToken)).status).toBe(401)
})

test('signing out ends the sessions of the device', async () => {
  const session = await host.session(emails.advisor)
  expect((await host.send('DELETE', '/v1/session', undefined, session.accessToken)).status).toBe(204)
  expect(await statusWith(session.accessToken)).toBe(401)
  expect((await refresh(session.refreshToken)).status).toBe(401)
})

test('neither tokens nor passphrases are in the database', async () => {
  const session = await host.session(emails.advisor)
  const dump = JSON.stringify([await host.pg.db.selectFrom('session').selectAll().execute(), await host.pg.db.selectFrom('credential').selectAll().execute()])
  for (const secret of [session.accessToken, session.refreshToken, 'a passphrase of the tests']) expect(dump).not.toContain(secret)
  expect(dump).toContain('$argon2id$v=19$m=65536,t=3')
})
