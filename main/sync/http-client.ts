import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { z } from 'zod'
import { type AppError, appError, appErrorSchema } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'

/** Electron's session fetch (operating system's trust store and proxy) in the app, Node's in tests. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

interface RequestFacts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string // '/v1/…'
  readonly accessToken?: string
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly timeoutMs?: number
  readonly isOfItsSession?: true // not made again under the session of the next sign-in
}

/** `decode` instead of a schema for an answer that is not JSON; null = not what was expected. */
export type HttpRequest<T> = RequestFacts & ({ readonly response: z.ZodType<T> } | { readonly decode: (bytes: Uint8Array) => T | null })

const USUAL_TIMEOUT_MS = 30_000
/** Bodies about records from this size on travel compressed, the passphrase's never. A smaller one fits in one packet anyhow, and one command is not to wait for it. */
const GZIP_ABOVE_BYTES = 1_400
const zip = promisify(gzip)

/** Speaks to one server. Every failure has become a code; a page of a captive portal counts as being offline. */
export class HttpClient {
  readonly serverUrl: string
  readonly #fetch: Fetch

  constructor(serverUrl: string, fetch: Fetch) {
    this.serverUrl = serverUrl
    this.#fetch = fetch
  }

  /** Codes: those of the server, 'sync/offline', 'server/unavailable', 'request/…', 'session/expired'. */
  async send<T>(request: HttpRequest<T>): Promise<Result<T, AppError>> {
    try {
      const response = await this.open(request.method, request.path, request, AbortSignal.timeout(request.timeoutMs ?? USUAL_TIMEOUT_MS))
      if (response.ok && 'decode' in request) return decoded(request.decode(new Uint8Array(await response.arrayBuffer())))
      const body = parseJson(await response.text())
      if (!response.ok || 'decode' in request) return err(errorOf(response, body))
      const parsed = request.response.safeParse(body)
      return parsed.success ? ok(parsed.data) : err(appError('sync/offline', { reason: 'foreign-answer' }))
    } catch {
      return err(appError('sync/offline'))
    }
  }

  /** The bare response, for a stream. @throws when there is no connection or `signal` aborts */
  async open(method: string, path: string, body: Pick<RequestFacts, 'accessToken' | 'json' | 'bytes'>, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json, text/event-stream' }
    if (body.accessToken) headers['authorization'] = `Bearer ${body.accessToken}`
    if (body.json !== undefined) headers['content-type'] = 'application/json'
    if (body.bytes) headers['content-type'] = 'application/octet-stream'
    const plain = body.json === undefined ? body.bytes && Buffer.from(body.bytes) : Buffer.from(JSON.stringify(body.json))
    const isZipped = body.json !== undefined && plain !== undefined && plain.length > GZIP_ABOVE_BYTES && path.startsWith('/v1/sync/')
    if (isZipped) headers['content-encoding'] = 'gzip'
    const payload = isZipped ? await zip(plain, { level: 3 }) : plain
    const init: RequestInit = { method, headers, signal, redirect: 'error', credentials: 'omit', cache: 'no-store' }
    return this.#fetch(`${this.serverUrl}${path}`, payload === undefined ? init : { ...init, body: payload })
  }
}

const decoded = <T>(value: T | null): Result<T, AppError> => (value === null ? err(appError('sync/offline', { reason: 'foreign-answer' })) : ok(value))

/** Only TLS, or plain HTTP to this very machine (development, tests). */
export function isAllowedServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
}

/** The server's own code where it sent one; otherwise what the status says. `retryAfterSeconds` is added where named. */
export function errorOf(response: Response, body: unknown): AppError {
  const error = appErrorSchema.safeParse((body as { error?: unknown } | null)?.error)
  const known = error.success ? error.data : appError(codeOfStatus(response.status))
  const retryAfterSeconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  return Number.isNaN(retryAfterSeconds) ? known : { ...known, params: { ...known.params, retryAfterSeconds } }
}

function codeOfStatus(status: number): AppError['code'] {
  if (status === 401) return 'session/expired'
  if (status === 413) return 'request/too-large'
  if (status === 429) return 'request/too-many'
  if (status >= 500) return 'server/unavailable'
  return 'sync/offline' // not our server: a portal or a proxy answers in its place
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}
