import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { emails, HttpHost } from '../../test/support/http-host.ts'
import { type IdentityProvider, signInInBrowser, startIdentityProvider } from '../../test/support/identity-provider.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'

let provider: IdentityProvider
let host: HttpHost
beforeAll(async () => {
  provider = await startIdentityProvider([
    { id: 'anna', email: emails.advisor.toUpperCase(), isEmailVerified: true },
    { id: 'impostor', email: emails.advisor, isEmailVerified: true },
    { id: 'unverified', email: emails.otherAdvisor, isEmailVerified: false },
    { id: 'gone', email: emails.gone, isEmailVerified: true },
    { id: 'stranger', email: 'stranger@elsewhere.example', isEmailVerified: true },
  ])
})
afterAll(() => provider.close())
beforeEach(async () => {
  host = await HttpHost.open({ RAPPORT_OIDC_ISSUER: provider.issuer, RAPPORT_OIDC_CLIENT_ID: provider.clientId, RAPPORT_OIDC_NAME: 'Office' })
})
afterEach(() => host.close())

const { publicKey } = newSigner()
const token = () => randomBytes(32).toString('base64url')

/** One sign-in as the app makes it, with every secret at hand for tests that use them wrongly. */
async function begin(deviceId: string = randomUUID()) {
  const codeVerifier = token()
  const state = token()
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const answer = await host.post('/v1/session/oidc/begin', { protocol: PROTOCOL_VERSION, deviceId, redirectPort: 49_152, codeChallenge, state })
  expect(answer.status).toBe(200)
  const finish = (callbackQuery: string, change: Readonly<Record<string, unknown>> = {}) =>
    host.post('/v1/session/oidc/finish', {
      protocol: PROTOCOL_VERSION,
      attemptId: answer.body.attemptId,
      callbackQuery,
      codeVerifier,
      device: { id: deviceId, name: 'Laptop', publicKey },
      ...change,
    })
  return { ...(answer.body as { attemptId: string; authorizationUrl: string }), deviceId, state, codeVerifier, finish }
}

const refused = { status: 401, body: { error: { code: 'session/oidc-refused', params: {} } } }

test('tells how people sign in', async () => {
  expect((await host.send('GET', '/v1/session/methods')).body).toEqual({ oidcName: 'Office' })
})

test('opens a session for the colleague with the verified e-mail, and knows them by the provider’s id from then on', async () => {
  const first = await begin()
  const back = await signInInBrowser(first.authorizationUrl, 'anna')
  expect(back.searchParams.get('state')).toBe(first.state)
  const session = await first.finish(back.search)
  expect(session).toMatchObject({ status: 200, body: { colleague: { id: advisorId } } })
  expect((await host.post('/v1/sync/pull', { protocol: PROTOCOL_VERSION, cursor: null, scopeHash: null, sinceN: 0 }, session.body.accessToken)).status).toBe(200)
  const impostor = await begin()
  expect(await impostor.finish((await signInInBrowser(impostor.authorizationUrl, 'impostor')).search)).toMatchObject({
    status: 403,
    body: { error: { code: 'session/oidc-unknown-person' } },
  })
  const again = await begin()
  expect((await again.finish((await signInInBrowser(again.authorizationUrl, 'anna')).search)).status).toBe(200)
})

test.each([
  ['an e-mail that the provider does not vouch for', 'unverified', 'session/oidc-unknown-person'],
  ['nobody of the firm', 'stranger', 'session/oidc-unknown-person'],
  ['a colleague who left', 'gone', 'session/inactive'],
])('lets in nobody with %s', async (_who, account, code) => {
  const attempt = await begin()
  expect(await attempt.finish((await signInInBrowser(attempt.authorizationUrl, account)).search)).toMatchObject({ status: 403, body: { error: { code } } })
})

test('refuses a code that comes back a second time', async () => {
  const attempt = await begin()
  const back = await signInInBrowser(attempt.authorizationUrl, 'anna')
  expect((await attempt.finish(back.search)).status).toBe(200)
  expect(await attempt.finish(back.search)).toMatchObject(refused)
})

test('refuses a code of one attempt in another: nonce, state and challenge are its own', async () => {
  const [mine, stolen] = [await begin(), await begin()]
  const back = await signInInBrowser(stolen.authorizationUrl, 'anna')
  expect(await mine.finish(back.search)).toMatchObject(refused)
  const other = await begin()
  const query = new URLSearchParams(back.search)
  query.set('state', other.state)
  expect(await other.finish(`?${query}`)).toMatchObject(refused)
})

test.each([
  ['another verifier', () => ({ codeVerifier: token() })],
  ['another device', () => ({ device: { id: randomUUID(), name: 'Laptop', publicKey } })],
  ['an attempt that was never begun', () => ({ attemptId: randomUUID() })],
])('refuses %s', async (_what, change) => {
  const attempt = await begin()
  const back = await signInInBrowser(attempt.authorizationUrl, 'anna')
  expect(await attempt.finish(back.search, change())).toMatchObject(refused)
})

test('refuses a changed state, a foreign issuer, and a code that the provider never gave', async () => {
  for (const spoil of [
    (query: URLSearchParams) => query.set('state', token()),
    (query: URLSearchParams) => query.set('iss', 'https://elsewhere.example'),
    (query: URLSearchParams) => query.set('code', token()),
    (query: URLSearchParams) => query.delete('state'),
  ]) {
    const attempt = await begin()
    const query = new URLSearchParams((await signInInBrowser(attempt.authorizationUrl, 'anna')).search)
    spoil(query)
    expect(await attempt.finish(`?${query}`)).toMatchObject(refused)
  }
})

test('refuses an attempt after five minutes', async () => {
  const attempt = await begin()
  const back = await signInInBrowser(attempt.authorizationUrl, 'anna')
  host.clockAheadMs = 5 * 60_000 + 1_000
  expect(await attempt.finish(back.search)).toMatchObject(refused)
})

test('a person who says no in the browser is told so', async () => {
  const attempt = await begin()
  expect(await attempt.finish(`?error=access_denied&state=${attempt.state}&iss=${encodeURIComponent(provider.issuer)}`)).toMatchObject(refused)
})

test('says so where the provider cannot be reached, and goes on when it can', async () => {
  await host.close()
  host = await HttpHost.open({ RAPPORT_OIDC_ISSUER: 'http://127.0.0.1:9', RAPPORT_OIDC_CLIENT_ID: 'x' })
  const json = { protocol: PROTOCOL_VERSION, deviceId: randomUUID(), redirectPort: 49_152, codeChallenge: token(), state: token() }
  expect(await host.post('/v1/session/oidc/begin', json)).toMatchObject({ status: 503, body: { error: { code: 'session/oidc-unreachable' } } })
})

test('without a provider there is no such way in', async () => {
  await host.close()
  host = await HttpHost.open()
  expect((await host.send('GET', '/v1/session/methods')).body).toEqual({ oidcName: null })
  const json = { protocol: PROTOCOL_VERSION, deviceId: randomUUID(), redirectPort: 49_152, codeChallenge: token(), state: token() }
  expect(await host.post('/v1/session/oidc/begin', json)).toMatchObject({ status: 404, body: { error: { code: 'session/oidc-off' } } })
})
