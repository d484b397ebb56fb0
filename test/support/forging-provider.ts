import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

const base64Url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export interface Claims {
  readonly [name: string]: unknown
}

/** What the next ID token is: claims over honest ones, and who vouches for it. */
export interface Forgery {
  readonly claims?: Claims
  readonly without?: readonly string[]
  readonly by?: 'provider' | 'stranger' | 'nobody' | 'public key as a secret' | 'provider, then changed'
}

/** An identity provider whose tokens are as a test wants them. It asks nobody for a password: whoever brings a code gets a token. */
export class ForgingProvider {
  readonly clientId = 'rapport-desktop'
  readonly #server: Server
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  readonly #strangers = generateKeyPairSync('rsa', { modulusLength: 2048 })
  /** For the next token; the nonce is that of the attempt under way. */
  forgery: Forgery = {}
  nonce = ''
  metadata: Claims = {}
  answer: Claims | null = null // in the place of a token
  isKeyListDown = false
  readonly tokenRequests: URLSearchParams[] = []

  constructor() {
    this.#server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const json = (value: unknown, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (request.url === '/.well-known/openid-configuration') json(this.#metadata())
      else if (request.url === '/keys')
        json(this.isKeyListDown ? {} : { keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] }, this.isKeyListDown ? 500 : 200)
      else if (request.url === '/token') {
        this.tokenRequests.push(new URLSearchParams(body))
        json(this.answer ?? { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token: this.#idToken() })
      } else json({}, 404)
    })
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #metadata(): Claims {
    const { issuer } = this
    const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` }
    return { issuer, ...endpoints, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], ...this.metadata }
  }

  #idToken(): string {
    const { claims = {}, without = [], by = 'provider' } = this.forgery
    const now = Math.floor(Date.now() / 1_000)
    const honest = { iss: this.issuer, aud: this.clientId, sub: 'anna', iat: now, exp: now + 300, nonce: this.nonce, email_verified: true }
    const payload = Object.fromEntries(Object.entries({ ...honest, ...claims }).filter(([name]) => !without.includes(name)))
    const text = (alg: string) => `${base64Url({ alg, typ: 'JWT', kid: 'one' })}.${base64Url(payload)}`
    if (by === 'nobody') return `${text('none')}.`
    if (by === 'public key as a secret') {
      const secret = this.#keys.publicKey.export({ format: 'pem', type: 'spki' })
      return `${text('HS256')}.${createHmac('sha256', secret).update(text('HS256')).digest('base64url')}`
    }
    const signedBy = (key: KeyObject) => sign('sha256', Buffer.from(text('RS256')), key).toString('base64url')
    if (by === 'provider, then changed') return `${text('RS256').split('.')[0]}.${base64Url({ ...payload, sub: 'somebody-else' })}.${signedBy(this.#keys.privateKey)}`
    return `${text('RS256')}.${signedBy(by === 'stranger' ? this.#strangers.privateKey : this.#keys.privateKey)}`
  }
}
