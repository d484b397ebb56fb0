/** What a provider's answer must hold before anybody is let in: each token that is wrong in one way is refused. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { type Forgery, ForgingProvider } from '../../test/support/forging-provider.ts'
import { type Answer, emails, HttpHost } from '../../test/support/http-host.ts'
import { newSigner } from '../../test/support/pg-host.ts'
import { advisorId } from '../../test/support/server-firm.ts'

let provider: ForgingProvider
let host: HttpHost
const openHost = () => HttpHost.open({ RAPPORT_OIDC_ISSUER: provider.issuer, RAPPORT_OIDC_CLIENT_ID: provider.clientId })
beforeAll(async () => {
  provider = new ForgingProvider()
  await provider.start()
  host = await openHost()
})
afterAll(async () => {
  await host.close()
  await provider.stop()
})
beforeEach(() => {
  provider.forgery = {}
})
afterEach(() => {
  Object.assign(provider, { metadata: {}, answer: null, isKeyListDown: false })
})

const token = () => randomBytes(32).toString('base64url')
const { publicKey } = newSigner()

async function begin(at = host) {
  const codeVerifier = token()
  const [deviceId, state] = [randomUUID(), token()]
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  const answer = await at.post('/v1/session/oidc/begin', { protocol: PROTOCOL_VERSION, deviceId, redirectPort: 49_152, codeChallenge, state })
  return { answer, deviceId, state, codeVerifier, codeChallenge }
}

/** One sign-in in which the provider sends the browser back with a code, and answers the code with `forgery`. */
async function signIn(forgery: Forgery, query: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const { answer, deviceId, state, codeVerifier } = await begin()
  provider.nonce = new URL(answer.body.authorizationUrl).searchParams.get('nonce') ?? ''
  provider.forgery = { ...forgery, claims: { email: emails.advisor, ...forgery.claims } }
  const callbackQuery = `?${new URLSearchParams({ code: token(), state, ...query })}`
  const device = { id: deviceId, name: 'Laptop', publicKey }
  return host.post('/v1/session/oidc/finish', { protocol: PROTOCOL_VERSION, attemptId: answer.body.attemptId, callbackQuery, codeVerifier, device })
}

const refused = { status: 401, body: { error: { code: 'session/oidc-refused', params: {} } } }
const inOneHour = Math.floor(Date.now() / 1_000) + 3_600

test('an honest token lets in', async () => {
  expect(await signIn({})).toMatchObject({ status: 200, body: { colleague: { id: advisorId } } })
})

test.each<[string, Forgery]>([
  ['that nobody signed', { by: 'nobody' }],
  ['signed with the provider’s public key as if it were a secret', { by: 'public key as a secret' }],
  ['of a stranger’s key under the provider’s name for it', { by: 'stranger' }],
  ['changed after it was signed', { by: 'provider, then changed' }],
  ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
  ['for another program', { claims: { aud: 'another-program' } }],
  ['for several programs of which another asked', { claims: { aud: ['rapport-desktop', 'another-program'], azp: 'another-program' } }],
  ['that has ended', { claims: { exp: inOneHour - 7_200 } }],
  ['without an end', { without: ['exp'] }],
  ['that begins in an hour', { claims: { nbf: inOneHour } }],
  ['of another attempt', { claims: { nonce: token() } }],
  ['of no attempt', { without: ['nonce'] }],
  ['about nobody', { without: ['sub'] }],
])('refuses a token %s', async (_what, forgery) => {
  expect(await signIn(forgery)).toMatchObject(refused)
})

test.each([
  ['no ID token', { access_token: 'x', token_type: 'Bearer' }],
  ['an error', { error: 'invalid_grant' }],
  ['something else', { hello: 'world' }],
])('refuses %s in the place of one', async (_what, answer) => {
  provider.answer = answer
  expect(await signIn({})).toMatchObject(refused)
})

test('lets in nobody while the provider’s keys cannot be had', async () => {
  const fresh = host
  host = await openHost()
  try {
    provider.isKeyListDown = true
    expect(await signIn({})).toMatchObject(refused)
  } finally {
    await host.close()
    host = fresh
  }
})

test.each([
  ['a word in the place of yes', { claims: { email_verified: 'true' } }],
  ['nothing said of it', { without: ['email_verified'] }],
  ['an address that is somebody’s by its beginning only', { claims: { email: `${emails.otherAdvisor}.elsewhere.example` } }],
])('an e-mail counts only where the provider vouches for it: %s', async (_what, forgery) => {
  const claims = { sub: randomUUID(), email: emails.otherAdvisor }
  expect(await signIn({ ...forgery, claims: { ...claims, ...('claims' in forgery ? forgery.claims : {}) } })).toMatchObject({
    status: 403,
    body: { error: { code: 'session/oidc-unknown-person' } },
  })
})

test('who has the address of a colleague by now, but not their account, is nobody; who has the account is the colleague, whatever the address', async () => {
  expect((await signIn({})).status).toBe(200)
  expect(await signIn({ claims: { sub: 'a new owner of the address' } })).toMatchObject({ status: 403, body: { error: { code: 'session/oidc-unknown-person' } } })
  expect(await signIn({ claims: { email: emails.otherAdvisor } })).toMatchObject({ status: 200, body: { colleague: { id: advisorId } } })
})

test('the browser is sent back by the provider that was asked: another one’s name beside the code is refused', async () => {
  expect(await signIn({}, { iss: 'https://elsewhere.example' })).toMatchObject(refused)
})

test('the challenge is S256 whatever the provider says it can do, and the code goes back with its verifier', async () => {
  provider.metadata = { code_challenge_methods_supported: ['plain'] }
  const other = await openHost()
  try {
    const { answer, codeChallenge } = await begin(other)
    const { searchParams } = new URL(answer.body.authorizationUrl)
    expect([searchParams.get('code_challenge_method'), searchParams.get('code_challenge'), searchParams.get('prompt')]).toEqual(['S256', codeChallenge, 'login'])
  } finally {
    await other.close()
  }
  await signIn({})
  expect(provider.tokenRequests.at(-1)?.get('code_verifier')).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('a provider that calls itself by another name than it was configured with is none', async () => {
  provider.metadata = { issuer: 'https://elsewhere.example' }
  const other = await openHost()
  try {
    expect((await begin(other)).answer).toMatchObject({ status: 503, body: { error: { code: 'session/oidc-unreachable' } } })
  } finally {
    await other.close()
  }
})

test('one attempt sent in many times at once lets in once', async () => {
  const { answer, deviceId, state, codeVerifier } = await begin()
  provider.nonce = new URL(answer.body.authorizationUrl).searchParams.get('nonce') ?? ''
  provider.forgery = { claims: { email: emails.advisor } }
  const device = { id: deviceId, name: 'Laptop', publicKey }
  const body = { protocol: PROTOCOL_VERSION, attemptId: answer.body.attemptId, callbackQuery: `?code=one&state=${state}`, codeVerifier, device }
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => host.post('/v1/session/oidc/finish', body)))).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual([200, 401, 401, 401, 401, 401, 401, 401])
})
