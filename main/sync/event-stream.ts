import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import { type FollowedPage, followedPageSchema } from '../../shared/sync/pull.ts'
import { changedEventSchema } from '../../shared/sync/session.ts'
import type { Access } from './access.ts'
import { errorOf, type HttpClient } from './http-client.ts'

/** The server sends something at least every 20 s; after this silence the connection is dead, whatever the system says. */
const SILENCE_MS = 45_000

/** A page of rows may be some 100 kB; what is longer is none of ours. */
const MOST_EVENT_CHARS = 4_000_000

/** Reason of an error that says no more than that the stream is over; whether the server is there, the next attempt shows. */
export const STREAM_ENDED = 'stream-ended'

export interface EventStreamDeps {
  readonly http: HttpClient
  readonly access: Access
  readonly silenceMs?: number
  readonly onOpen: () => void
  readonly onChanged: (head: number) => void
  /** Pages come in order; the next event waits for it. */
  readonly onPage: (page: FollowedPage) => Promise<void>
}

/**
 * Listens until the connection ends; it always ends with an error, and the caller connects anew. [L9, L13]
 * Codes: 'sync/offline' for a connection that broke, or what the server answered instead of a stream.
 */
export async function listenToChanges(deps: EventStreamDeps, stop: AbortSignal): Promise<Result<void, AppError>> {
  const token = await deps.access.getToken()
  if (!token.ok) return token
  const silence = new AbortController()
  let isOpen = false
  const restart = restartable(() => silence.abort(), deps.silenceMs ?? SILENCE_MS)
  try {
    const response = await deps.http.open('GET', '/v1/sync/events?pages=1', { accessToken: token.value }, AbortSignal.any([stop, silence.signal]))
    if (!response.ok || !response.body) return err(await refusalOf(deps.access, token.value, response))
    deps.onOpen()
    isOpen = true
    for await (const chunk of eventsOf(response.body, restart.again)) await deliver(chunk, deps)
    return err(appError('sync/offline', { reason: STREAM_ENDED }))
  } catch {
    return err(appError('sync/offline', isOpen && !silence.signal.aborted ? { reason: STREAM_ENDED } : {}))
  } finally {
    restart.stop()
    silence.abort()
  }
}

/** A token that the server forgot (restart, revocation) is renewed, so that the next connection has a good one. */
async function refusalOf(access: Access, token: string, response: Response): Promise<AppError> {
  const error = errorOf(response, await response.json().catch(() => undefined))
  access.heed(err(error))
  if (error.code !== 'session/expired') return error
  const renewed = await access.renew(token)
  return renewed.ok ? appError('sync/offline', { reason: STREAM_ENDED }) : renewed.error
}

/** The text of each event, between blank lines. */
async function* eventsOf(body: ReadableStream<Uint8Array>, onBytes: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
    onBytes()
    text += decoder.decode(bytes, { stream: true }).replaceAll('\r\n', '\n')
    const parts = text.split('\n\n')
    text = (parts.pop() ?? '').slice(-MOST_EVENT_CHARS)
    yield* parts
  }
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html; lines beginning with ':' are the heartbeat */
async function deliver(event: string, { onChanged, onPage }: Pick<EventStreamDeps, 'onChanged' | 'onPage'>): Promise<void> {
  const fields = new Map(event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
  const data = parseJson(fields.get('data') ?? '')
  const changed = fields.get('event') === 'changed' ? changedEventSchema.safeParse(data) : undefined
  if (changed?.success) onChanged(changed.data.head)
  const page = fields.get('event') === 'page' ? followedPageSchema.safeParse(data) : undefined
  if (page?.success) await onPage(page.data as FollowedPage)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function restartable(action: () => void, ms: number) {
  let timer = setTimeout(action, ms)
  const again = () => {
    clearTimeout(timer)
    timer = setTimeout(action, ms)
  }
  return { again, stop: () => clearTimeout(timer) }
}
