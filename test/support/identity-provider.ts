/// <reference path="./oidc-provider.d.ts" />
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** An account at the provider; the id is what the provider knows the person by. */
export interface ProviderAccount {
  readonly id: string
  readonly email: string
  readonly isEmailVerified: boolean
}

export interface IdentityProvider {
  readonly issuer: string
  readonly clientId: string
  close(): Promise<void>
}

/** A real OpenID provider on a free port, with a login page that takes every password. Redirects go to 127.0.0.1 with any port, as RFC 8252 asks. */
export async function startIdentityProvider(accounts: readonly ProviderAccount[]): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clientId = 'rapport-desktop'
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1/cb'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false, // the e-mail comes in the ID token
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_context: unknown, id: string) => {
      const account = accounts.find((candidate) => candidate.id === id)
      return account && { accountId: id, claims: () => ({ sub: id, email: account.email, email_verified: account.isEmailVerified }) }
    },
  })
  server.on('request', provider.callback())
  return { issuer, clientId, close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections?.()) }
}

/**
 * Does what a person does in the browser: opens the address, signs in, agrees, and follows the way back.
 * @returns the address at which the browser ended, not fetched: that of the app's listener
 */
export async function signInInBrowser(authorizationUrl: string, accountId: string): Promise<URL> {
  const jar = new Map<string, string>()
  const visit = async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const init: RequestInit = { redirect: 'manual', headers: { cookie } }
    const response = await fetch(url, form ? { ...init, method: 'POST', body: new URLSearchParams(form) } : init)
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
  let response = await visit(authorizationUrl)
  let url = authorizationUrl
  for (let i = 0; i < 20; i++) {
    const location = response.headers.get('location')
    if (location !== null) {
      const next = new URL(location, url)
      if (next.pathname === '/cb') return next
      url = next.href
      response = await visit(url)
      continue
    }
    const page = await response.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
    if (action === undefined || prompt === undefined) throw new Error(`The provider answered ${response.status}: ${page.slice(0, 500)}`)
    url = new URL(action, url).href
    response = await visit(url, { prompt, ...(prompt === 'login' ? { login: accountId, password: 'any' } : {}) })
  }
  throw new Error('The provider sent the browser round in circles')
}
