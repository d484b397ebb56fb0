import type { FastifyReply, FastifyRequest } from 'fastify'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { type Actor, FIRM_ZONE, officeAccess } from '../auth/access.ts'
import { authenticate, type Caller } from '../auth/authenticate.ts'
import { withActor } from '../db/with-actor.ts'
import type { Concerned } from '../sync/concerned.ts'
import { findAccess, type Scope } from '../sync/scope.ts'
import type { ServerDeps } from './server-deps.ts'

const HEARTBEAT_MS = 15_000

/** Open streams of this server; they are ended when it stops. */
const streams = new Set<() => void>()
/** A device needs one; the second is there while the first one's connection has died unnoticed. */
const MOST_OF_A_DEVICE = 4
const streamsOf = new Map<string, (() => void)[]>() // oldest first

/** Ends the device's oldest streams where it has too many: nobody holds the server's connections by opening more. */
function enlist(deviceId: string, end: () => void): void {
  const open = [...(streamsOf.get(deviceId) ?? []), end]
  streamsOf.set(deviceId, open)
  for (const endOldest of open.slice(0, -MOST_OF_A_DEVICE)) endOldest()
}

function strike(deviceId: string, end: () => void): void {
  const open = (streamsOf.get(deviceId) ?? []).filter((other) => other !== end)
  if (open.length > 0) streamsOf.set(deviceId, open)
  else streamsOf.delete(deviceId)
}

export function endStreams(): void {
  for (const end of [...streams]) end()
}

/**
 * What the person of a stream sees, so that only commits that concern them wake their devices: else every push of an
 * office would be followed by a pull of everybody. Looked up again after each commit that may have moved it.
 */
class Sight {
  readonly #deps: ServerDeps
  readonly #actor: Actor
  #households: Promise<Scope['access'] | null> | null = null // null = to be looked up

  constructor(deps: ServerDeps, actor: Actor) {
    this.#deps = deps
    this.#actor = actor
  }

  /** In doubt true: a pull too many brings nothing, one too few would be missed until the next. */
  async isConcerned(concerned: Concerned): Promise<boolean> {
    if (concerned === 'everyone') this.#households = null
    if (concerned === 'everyone' || officeAccess[this.#actor.role]) return true
    this.#households ??= this.#lookUp().catch(() => null)
    const households = await this.#households
    if (!households) this.#households = null
    return !households || [...concerned].some((id) => households.has(id))
  }

  #lookUp(): Promise<Scope['access']> {
    const { db, nowMs } = this.#deps
    const todayOn = localDateOf(nowMs(), FIRM_ZONE)
    return withActor(db, this.#actor.id, (tx) => findAccess(tx, this.#actor, todayOn), 'read committed', todayOn)
  }
}

/**
 * Keeps the answer open and writes 'changed' whenever the head moved by something that concerns the person (L9). It ends with the access token, or within a
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
    strike(caller.deviceId, end)
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
  const sight = new Sight(deps, caller.actor)
  const unsubscribe = deps.heads.subscribe((_head, concerned) => void sight.isConcerned(concerned).then((isSo) => isSo && streams.has(end) && tell(deps.heads.last)))
  streams.add(end)
  enlist(caller.deviceId, end)
  raw.once('close', end)
  tell(deps.heads.last)
}
