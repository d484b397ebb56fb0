import type { FastifyReply, FastifyRequest } from 'fastify'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { hop } from '../../shared/testing/hop.ts'
import { type Actor, FIRM_ZONE, officeAccess } from '../auth/access.ts'
import { authenticate, type Caller } from '../auth/authenticate.ts'
import { withActor } from '../db/with-actor.ts'
import type { Concerned } from '../sync/concerned.ts'
import { type Follower, moveOn, readFollowed, type Told } from '../sync/followers.ts'
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

/** Writes what the device is to know, one thing at a time: what comes meanwhile is told afterwards, once. */
class Teller {
  readonly #work: () => Promise<void>
  #isBusy = false
  #isAskedAgain = false

  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  ask(): void {
    this.#isAskedAgain = true
    if (!this.#isBusy) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false
      await this.#work()
    }
    this.#isBusy = false
  }
}

/** Whether the caller of an open stream may still ask, as who they were; 'unclear' where the database does not say. */
async function lookAgain(deps: ServerDeps, caller: Caller, authorization: string | undefined): Promise<'same' | 'ended' | 'unclear'> {
  const known = await authenticate(deps.db, authorization, deps.nowMs()).catch(() => null)
  if (known === null) return 'unclear'
  return known.ok && (deps.filterAs?.(known.value) ?? known.value).actor.role === caller.actor.role ? 'same' : 'ended'
}

/**
 * Keeps the answer open and writes whenever the head moved by something that concerns the person (L9): 'changed', or for a
 * device that wants it and whose place is known the page that its pull would bring (L13). It ends with the access token, or
 * within a heartbeat after the session or the person's access has ended; the device then comes back with a new token.
 */
export function openStream(deps: ServerDeps, caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  const { raw } = reply
  const headers = Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  raw.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  const write = (event: 'changed' | 'page', data: object): void => {
    hop('server.stream.told')
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const follower = (request.query as { readonly pages?: unknown }).pages === '1' ? deps.followers.open(caller.deviceId) : null
  const end = (): void => {
    clearInterval(heartbeat)
    clearTimeout(expiry)
    unsubscribe()
    streams.delete(end)
    strike(caller.deviceId, end)
    if (follower) deps.followers.close(caller.deviceId, follower)
    raw.end()
  }
  const beat = async (): Promise<void> => {
    const seen = await lookAgain(deps, caller, request.headers.authorization)
    if (!streams.has(end)) return // it ended meanwhile
    if (seen === 'ended') end()
    else raw.write(': heartbeat\n\n')
  }
  const read = (by: Follower) => readFollowed(deps.db, caller, by, deps.nowMs()).catch(() => CHANGED)
  /** A page is read like any pull: who asks is looked up again, and nothing is written to somebody who may no longer ask. */
  const tell = async (): Promise<void> => {
    const canFollow = follower?.position && !raw.writableNeedDrain
    const [seen, told] = canFollow ? await Promise.all([lookAgain(deps, caller, request.headers.authorization), read(follower)]) : (['same', CHANGED] as const)
    if (!streams.has(end)) return
    if (seen === 'ended') return end()
    if (told.type === 'page' && follower && seen === 'same') {
      write('page', told.page)
      moveOn(follower, told.page)
    } else if (told.type !== 'nothing') {
      if (follower) follower.position = null // until it has pulled
      write('changed', { head: deps.heads.last })
    }
  }
  const teller = new Teller(tell)
  const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS)
  const expiry = setTimeout(end, Math.max(0, caller.expiresAtMs - deps.nowMs()))
  const sight = new Sight(deps, caller.actor)
  const unsubscribe = deps.heads.subscribe((_head, concerned) => void sight.isConcerned(concerned).then((isSo) => isSo && streams.has(end) && teller.ask()))
  streams.add(end)
  enlist(caller.deviceId, end)
  raw.once('close', end)
  write('changed', { head: deps.heads.last })
}

const CHANGED: Told = { type: 'changed' }
