import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { HttpClient } from '../sync/http-client.ts'
import { json, SmallServer, testSigner } from '../sync/small-server.ts'
import { OidcFlow } from './oidc-flow.ts'

const device = { id: '00000000-0000-7000-8000-0000000000dd', name: 'Laptop', publicKey: testSigner.publicKey }
interface Begun {
  readonly redirectPort: number
  readonly codeChallenge: string
  readonly state: string
}

let begun: Begun | undefined
let finished: { callbackQuery: string; codeVerifier: string } | undefined
let authorizationUrl = 'https://login.office.example/authorize'
const issued = new SmallServer()

const server = createServer(async (request, response) => {
  const body = JSON.parse(await textOf(request))
  if (request.url === '/v1/session/oidc/begin') {
    begun = body
    json(response, { attemptId: device.id, authorizationUrl })
  } else {
    finished = body
    json(response, issued.issueSession())
  }
})

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

let http: HttpClient
beforeEach(async () => {
  begun = undefined
  finished = undefined
  authorizationUrl = 'https://login.office.example/authorize'
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  http = new HttpClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, fetch)
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const visit = (query: string, path = '/cb') => fetch(`http://127.0.0.1:${begun?.redirectPort}${path}${query}`)

/** @param browse what happens once the browser is open */
function flow(browse: (url: string) => Promise<unknown>, waitMs = 5_000): OidcFlow {
  return new OidcFlow({ openBrowser: async (url) => void (await browse(url)), doneText: () => 'Done.', waitMs })
}

test('hands the server what came back, with the verifier that fits the challenge, and closes', async () => {
  const result = await flow(async () => expect(await (await visit(`?code=abc&state=${begun?.state}`)).text()).toBe('Done.')).signIn(http, device)
  expect(result.ok).toBe(true)
  expect(finished?.callbackQuery).toBe(`?code=abc&state=${begun?.state}`)
  expect(
    createHash('sha256')
      .update(finished?.codeVerifier ?? '')
      .digest('base64url'),
  ).toBe(begun?.codeChallenge)
  await expect(visit(`?code=abc&state=${begun?.state}`)).rejects.toThrow()
})

test('what others on the machine send to the listener is refused and ends nothing', async () => {
  const result = await flow(async () => {
    for (const [query, path] of [
      ['?code=evil&state=guess', '/cb'],
      [`?code=evil&state=${begun?.state}`, '/elsewhere'],
      ['', '/cb'],
    ] as const) {
      expect((await visit(query, path)).status).toBe(400)
    }
    await visit(`?code=right&state=${begun?.state}`)
  }).signIn(http, device)
  expect(result.ok).toBe(true)
  expect(finished?.callbackQuery).toContain('code=right')
})

test('gives up when nobody comes, or the person does', async () => {
  const late = await flow(async () => undefined, 50).signIn(http, device)
  expect(late).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  const cancelled = flow(async () => void setTimeout(() => cancelled.cancel(), 20))
  expect(await cancelled.signIn(http, device)).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  await expect(visit('')).rejects.toThrow()
})

test('opens no browser for a person who gave up before the provider was known, nor for a flow that a later one replaced', async () => {
  const opened: string[] = []
  const early = flow(async (page) => opened.push(page), 200)
  const givenUp = early.signIn(http, device)
  early.cancel()
  expect(await givenUp).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  const both = [early.signIn(http, device), early.signIn(http, device)]
  expect(await both[0]).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  early.cancel()
  expect(await both[1]).toMatchObject({ ok: false, error: { code: 'session/oidc-given-up' } })
  expect(opened.length).toBeLessThan(2)
})

test.each(['file:///etc/passwd', 'http://login.office.example/', 'javascript:alert(1)', 'smb://elsewhere/share'])(
  'opens no page that is not one of a provider: %s',
  async (url) => {
    authorizationUrl = url
    const opened: string[] = []
    expect(await flow(async (page) => opened.push(page)).signIn(http, device)).toMatchObject({ ok: false })
    expect(opened).toEqual([])
  },
)
