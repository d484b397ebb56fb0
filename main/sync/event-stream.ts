import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
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
  const silence = new AbortController()
  let isOpen = false
  const restart = restartable(() => silence.abort(), deps.silenceMs ?? SILENCE_MS)
  try {
    const body = await openStream(deps, AbortSignal.any([stop, silence.signal]))
    if (!body.ok) return body
    deps.onOpen()
    isOpen = true
    for await (const chunk of eventsOf(body.value, restart.again)) await deliver(chunk, deps)
    return err(appError('sync/offline', { reason: STREAM_ENDED }))
  } catch {
    return err(appError('sync/offline', isOpen && !silence.signal.aborted ? { reason: STREAM_ENDED } : {}))
  } finally {
    restart.stop()
    silence.abort()
  }
}

/** As any request (`Access.send`): where the server no longer knows the token, it is renewed and the stream asked for once more, not after a wait that has grown. */
async function openStream({ http, access }: EventStreamDeps, signal: AbortSignal): Promise<Result<ReadableStream<Uint8Array>, AppError>> {
  const openWith = async (accessToken: string): Promise<Result<ReadableStream<Uint8Array>, AppError>> => {
    const response = await http.open('GET', '/v1/sync/events?pages=1', { accessToken }, signal)
    if (response.ok && response.body) return ok(response.body)
    return access.heed(err(errorOf(response, await response.json().catch(() => undefined))))
  }
  const token = await access.getToken()
  if (!token.ok) return token
  const opened = await openWith(token.value)
  if (opened.ok || opened.error.code !== 'session/expired') return opened
  const renewed = await access.renew(token.value)
  if (!renewed.ok) return renewed
  const again = await openWith(renewed.value)
  return again.ok || again.error.code !== 'session/expired' ? again : err(appError('sync/offline', { reason: STREAM_ENDED })) // a server that forgets what it gives: no end of the session
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
