import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { oidcBeginResponseSchema, type Session, type SignInRequest, sessionSchema } from '../../shared/sync/session.ts'
import type { HttpClient } from '../sync/http-client.ts'

/** As long as a person may take in the browser. */
const WAIT_MS = 120_000

export interface OidcFlowDeps {
  /** Opens the system's browser, where the person signs in: Rapport never sees that password. */
  readonly openBrowser: (url: string) => Promise<void>
  /** What the browser shows at the end. */
  readonly doneText: () => string
  readonly waitMs?: number
}

/** A sign-in in the system's browser (RFC 8252) with PKCE; one at a time. */
export class OidcFlow {
  readonly #deps: OidcFlowDeps
  #attempt = new AbortController()

  constructor(deps: OidcFlowDeps) {
    this.#deps = deps
  }

  /** Gives up the sign-in that is under way; its browser is not opened any more, or not waited for. */
  cancel(): void {
    this.#attempt.abort()
  }

  /** Errors: 'session/oidc-…', 'sync/offline', and those of a sign-in. A second call gives up the first. */
  async signIn(http: HttpClient, device: SignInRequest['device']): Promise<Result<Session, AppError>> {
    this.cancel()
    this.#attempt = new AbortController()
    const { signal } = this.#attempt
    const [codeVerifier, state] = [randomToken(), randomToken()]
    const listener = await listen(state, this.#deps.doneText())
    try {
      const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
      const json = { protocol: PROTOCOL_VERSION, deviceId: device.id, redirectPort: listener.port, codeChallenge, state }
      const begun = await http.send({ method: 'POST', path: '/v1/session/oidc/begin', json, response: oidcBeginResponseSchema })
      if (!begun.ok) return begun
      if (!isBrowserUrl(begun.value.authorizationUrl)) return err(appError('session/oidc-refused'))
      if (!signal.aborted) await this.#deps.openBrowser(begun.value.authorizationUrl)
      const callbackQuery = await this.#wait(listener.answer, signal)
      if (callbackQuery === null) return err(appError('session/oidc-given-up'))
      return await http.send({
        method: 'POST',
        path: '/v1/session/oidc/finish',
        json: { protocol: PROTOCOL_VERSION, attemptId: begun.value.attemptId, callbackQuery, codeVerifier, device },
        response: sessionSchema,
      })
    } finally {
      listener.close()
    }
  }

  /** @returns null when nobody came in time, or the person gave up */
  async #wait(answer: Promise<string>, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return null
    const { promise: givenUp, resolve } = Promise.withResolvers<null>()
    const timer = setTimeout(() => resolve(null), this.#deps.waitMs ?? WAIT_MS)
    signal.addEventListener('abort', () => resolve(null), { once: true })
    try {
      return await Promise.race([answer, givenUp])
    } finally {
      clearTimeout(timer)
    }
  }
}

const randomToken = (): string => randomBytes(32).toString('base64url')

/** A page of the office's provider over TLS, or of one on this very machine. */
function isBrowserUrl(text: string): boolean {
  const url = new URL(text)
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
}

interface Listener {
  readonly port: number
  readonly answer: Promise<string> // the query that came with the right state
  close(): void
}

async function listen(state: string, doneText: string): Promise<Listener> {
  const { promise: answer, resolve } = Promise.withResolvers<string>()
  const server = createServer((request, response) => {
    const query = queryOf(request, state)
    sendPage(response, query === null ? 400 : 200, query === null ? '' : doneText)
    if (query !== null) resolve(query)
  })
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready))
  return { port: (server.address() as AddressInfo).port, answer, close: () => close(server) }
}

function close(server: Server): void {
  server.close()
  setTimeout(() => server.closeAllConnections(), 1_000).unref() // the browser gets its page
}

/** The query of the one request that was waited for; anybody on this machine can send others. */
function queryOf(request: IncomingMessage, state: string): string | null {
  if (request.method !== 'GET' || !URL.canParse(request.url ?? '', 'http://127.0.0.1')) return null
  const url = new URL(request.url ?? '', 'http://127.0.0.1')
  const given = Buffer.from(url.searchParams.get('state') ?? '')
  const isRight = url.pathname === '/cb' && given.length === state.length && timingSafeEqual(given, Buffer.from(state))
  return isRight ? url.search : null
}

function sendPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  response.end(text)
}
