import type { FastifyReply, FastifyRequest } from 'fastify'
import { authenticate, type Caller } from '../auth/authenticate.ts'
import type { ServerDeps } from './server-deps.ts'

const HEARTBEAT_MS = 15_000

/** Open streams of this server; they are ended when it stops. */
const streams = new Set<() => void>()

export function endStreams(): void {
  for (const end of [...streams]) end()
}

/**
 * Keeps the answer open and writes 'changed' whenever the head moved (L9). It ends with the access token, or within a
 * heartbeat after the session or the person's access has ended; the device then comes back with a new token.
 */
export function openStream(deps: ServerDeps, caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  const { raw } = reply
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  raw.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  const tell = (head: number): void => void raw.write(`event: changed\ndata: ${JSON.stringify({ head })}\n\n`)
  const end = (): void => {
    clearInterval(heartbeat)
    clearTimeout(expiry)
    unsubscribe()
    streams.delete(end)
    raw.end()
  }
  const beat = async (): Promise<void> => {
    const known = await authenticate(deps.db, request.headers.authorization, deps.nowMs()).catch(() => null)
    if (!streams.has(end)) return // it ended meanwhile
    if (known && !known.ok) end()
    else raw.write(': heartbeat\n\n')
  }
  const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS)
  const expiry = setTimeout(end, Math.max(0, caller.expiresAtMs - deps.nowMs()))
  const unsubscribe = deps.heads.subscribe(tell)
  streams.add(end)
  raw.once('close', end)
  tell(deps.heads.last)
}
