import { gunzipSync } from 'node:zlib'
import type { InjectOptions } from 'fastify'
import type { SimServer } from '../server/sim-server.ts'
import { world } from './globals.ts'
import type { Random } from './random.ts'
import type { Process } from './scheduler.ts'
import { brokenOff, onceOf, Pieces, plainWire, responseOf, type Wire } from './wire.ts'

/** What can go wrong with one exchange. */
export type ExchangeFault =
  | 'dropRequest'
  | 'dropAnswer' // the server did it, nobody hears: the timeout after a commit
  | 'duplicate'
  | 'delay'
  | 'halfOpen'
  | 'truncated'
  | 'flipped'
  | 'status408'
  | 'status429'
  | 'status500'
  | 'status502'
  | 'status503'
  | 'statusAfter' // the proxy gives up after the server has done it

/** A stretch of time in which exchanges of one client go wrong. */
export interface FaultWindow {
  readonly kind: ExchangeFault
  readonly client: number
  readonly untilMs: number
  readonly probability: number
  readonly random: Random
}

export interface NetworkHooks {
  /** One more of that fault happened. */
  readonly count: (kind: string) => void
  /** After the server has handled a push, answered or not. */
  /** @param left the command that the server left with its device for the time being [B6] */
  readonly afterPush: (left: string | undefined) => Promise<void>
}

/** Lines between the clients and the server. */
export class Network {
  readonly windows: FaultWindow[] = []
  readonly #server: SimServer
  readonly #random: Random
  readonly #hooks: NetworkHooks
  /** Requests under way by client, to cut them. */
  readonly #cuts = new Set<{ readonly client: number; readonly isStream?: true; cut(): void }>()
  readonly outdated = new Set<number>() // clients of an old version
  isServerDown = false

  constructor(server: SimServer, random: Random, hooks: NetworkHooks) {
    this.#server = server
    this.#random = random
    this.#hooks = hooks
  }

  /** Every connection breaks, as when a laptop changes its network or the server ends. */
  cutAll(client?: number): void {
    for (const line of [...this.#cuts]) if (client === undefined || line.client === client) line.cut()
  }

  /** Whether a client has an event stream open. */
  isListening(client: number): boolean {
    return [...this.#cuts].some((line) => line.isStream && line.client === client)
  }

  /** `fetch` of one client's main process. */
  fetchOf(client: number, process: Process): (url: string, init: RequestInit) => Promise<Response> {
    return (url, init) => this.#exchange(client, process, url.slice(new URL(url).origin.length), init)
  }

  #faultFor(client: number): FaultWindow | undefined {
    const nowMs = world.scheduler.nowMs
    return this.windows.find((w) => w.client === client && nowMs < w.untilMs && w.random.chance(w.probability))
  }

  #exchange(client: number, process: Process, path: string, init: RequestInit): Promise<Response> {
    const { scheduler } = world
    const fault = this.#faultFor(client)
    if (fault) this.#hooks.count(fault.kind)
    return new Promise((resolve, reject) => {
      let isOver = false
      const line = { client, cut: () => fail('cut') }
      const end = (): void => {
        isOver = true
        this.#cuts.delete(line)
      }
      const fail = (why: string): void => {
        if (isOver) return
        end()
        scheduler.at(0.1, `net ${why}`, () => reject(new TypeError(`fetch failed: ${why}`)), process)
      }
      this.#cuts.add(line)
      const signal = init.signal
      if (signal?.aborted) return fail('aborted')
      signal?.addEventListener('abort', () => fail('aborted'))
      const answer = (wire: Wire): void => {
        if (isOver) return
        end()
        resolve(responseOf(wire))
      }
      const travel = { client, path, process, fault, fail, answer, signal: signal ?? null }
      this.#send(travel, init)
    })
  }

  #send(travel: Travel, init: RequestInit): void {
    const { fault, fail, path, process } = travel
    const { scheduler } = world
    const kind = fault?.kind
    if (kind === 'halfOpen' || kind === 'dropRequest') {
      if (kind === 'dropRequest' && fault?.random.chance(0.5)) scheduler.at(5, 'net refused', () => fail('refused'))
      return // else silence, until the client gives up
    }
    const early = kind ? EARLY_STATUS[kind] : undefined
    const latency = this.#latency() + (kind === 'delay' ? (fault?.random.int(500, 40_000) ?? 0) : 0)
    if (early !== undefined) {
      scheduler.at(latency, `net ${early} ${path}`, () => travel.answer(plainWire(early)), process)
      return
    }
    const isLate = kind === 'duplicate' ? (fault?.random.int(1, 20_000) ?? 1) : null
    scheduler.at(latency, `net to server ${path}`, () => this.#arrive(travel, init, true), this.#server.process)
    if (isLate !== null) scheduler.at(latency + isLate, `net again ${path}`, () => this.#arrive(travel, init, false), this.#server.process)
  }

  #latency(): number {
    return this.#random.chance(0.1) ? this.#random.int(50, 900) : this.#random.int(2, 30)
  }

  #arrive(travel: Travel, init: RequestInit, isFirst: boolean): void {
    if (this.isServerDown) {
      travel.fail('refused')
      return
    }
    const server = this.#server.process
    const isStream = travel.path.startsWith('/v1/sync/events')
    if (isStream && !isFirst) return
    const options = injectOptions(travel.path, init, this.outdated.has(travel.client), isStream)
    void this.#serve(options, travel.path).then(
      (wire) => {
        if (isFirst && server.isAlive) this.#answer(travel, wire, isStream)
      },
      (error) => world.scheduler.note(`serve failed ${String(error)}\n`),
    )
  }

  async #serve(options: InjectOptions, path: string): Promise<Wire> {
    const reply = await this.#server.app.inject(options)
    if (path.endsWith('/push')) await this.#hooks.afterPush(leftBehind(options, reply.payload))
    if (!options.payloadAsStream) for (const what of notableIn(options, reply.payload)) this.#hooks.count(what)
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(reply.headers)) headers[name] = String(value)
    const stream = options.payloadAsStream ? (reply as unknown as { stream(): AsyncIterable<Uint8Array> }).stream() : onceOf(reply.rawPayload)
    world.scheduler.note(`answer ${path} ${reply.statusCode} ${options.payloadAsStream ? '' : reply.payload.slice(0, 20_000).replace(/"(epoch|wipeCommitment)":"[^"]*"/g, '')}\n`)
    return { status: reply.statusCode, headers, chunks: stream, hangUp: () => void reply.raw.res.emit('close') }
  }

  #answer(travel: Travel, wire: Wire, isStream: boolean): void {
    const { fault, process, path } = travel
    const { scheduler } = world
    const kind = fault?.kind
    if (isStream && wire.status === 200) {
      this.#stream(travel, wire)
      return
    }
    scheduler.as(process, () => {
      if (kind === 'dropAnswer') {
        if (fault?.random.chance(0.5)) scheduler.at(this.#latency(), 'net reset', () => travel.fail('reset')) // else silence
      } else if (kind === 'statusAfter') scheduler.at(this.#latency(), 'net 504', () => travel.answer(plainWire(504)))
      // TLS ends a connection whose bytes were cut off or changed: the client sees an error, never the bytes.
      else if (kind === 'flipped') scheduler.at(this.#latency(), 'net bad record', () => travel.fail('bad record'))
      else if (kind === 'truncated') scheduler.at(this.#latency(), 'net truncated', () => travel.answer({ ...wire, chunks: brokenOff() }))
      else scheduler.at(this.#latency(), `net to client ${path}`, () => travel.answer(wire))
    })
  }

  /** An event stream stays open: each piece travels by itself; the line can be cut. */
  #stream(travel: Travel, wire: Wire): void {
    const { process } = travel
    const { scheduler } = world
    const queue = new Pieces()
    const server = scheduler.current
    const line = { client: travel.client, isStream: true as const, cut: () => cutStream() }
    const cutStream = () => {
      scheduler.at(0.1, 'net stream cut', () => queue.fail(), process)
      scheduler.at(0.1, 'net hang up', () => wire.hangUp?.(), server)
      this.#cuts.delete(line)
    }
    const pump = async (): Promise<void> => {
      for await (const bytes of wire.chunks) {
        if (!server.isAlive) return
        if (travel.fault?.kind !== 'dropAnswer') scheduler.at(this.#latency(), 'net event', () => queue.push(bytes), process)
      }
      this.#cuts.delete(line)
      scheduler.at(this.#latency(), 'net stream end', () => queue.end(), process)
    }
    void pump().catch(() => queue.fail())
    travel.signal?.addEventListener('abort', () => {
      this.#cuts.delete(line)
      queue.fail()
      wire.hangUp?.()
    })
    scheduler.at(
      this.#latency(),
      'net stream open',
      () => {
        travel.answer({ ...wire, chunks: queue })
        this.#cuts.add(line)
      },
      process,
    )
  }
}

interface Travel {
  readonly client: number
  readonly path: string
  readonly process: Process
  readonly fault: FaultWindow | undefined
  readonly fail: (why: string) => void
  readonly answer: (wire: Wire) => void
  readonly signal: AbortSignal | null
}

const EARLY_STATUS: Readonly<Partial<Record<ExchangeFault, number>>> = { status408: 408, status429: 429, status500: 500, status502: 502, status503: 503 }

function injectOptions(path: string, init: RequestInit, isOutdated: boolean, isStream: boolean): InjectOptions {
  let payload = init.body as Buffer | undefined
  const { 'content-encoding': encoding, ...plainHeaders } = init.headers as Record<string, string>
  if (isOutdated && payload) payload = Buffer.from((encoding ? gunzipSync(payload) : payload).toString('utf8').replace(/"protocol":\d+/, '"protocol":0'))
  return {
    method: init.method as 'POST',
    url: path,
    headers: isOutdated || !encoding ? plainHeaders : { ...plainHeaders, 'content-encoding': encoding },
    ...(payload === undefined ? {} : { payload }),
    ...(isStream ? { payloadAsStream: true } : {}),
  }
}

/** What an answer can hold besides the usual; counted, so that one sees whether it ever happens. */
const notable: Readonly<Record<string, string>> = {
  '"hasMore":true': 'pull that has more behind it',
  '"scope":[': 'pull with another scope',
  '"row":null': 'pull that takes a row away',
  '"status":"refused"': 'answer with a refusal',
  '"waiting":': 'push that leaves a command with its device',
  'sync/gap': 'push with a gap',
  'sync/reused-id': 'push with a number or id that is used',
  'sync/bad-signature': 'push signed behind another end',
  'sync/client-too-old': 'answer to an old client',
  'session/': 'answer without a session',
}

function notableIn({ url, payload }: InjectOptions, answer: string): readonly string[] {
  if (String(url).endsWith('/snapshot')) return String(payload).includes('"after":"') ? ['snapshot page behind the first'] : []
  return Object.entries(notable).flatMap(([text, what]) => (answer.includes(text) ? [what] : []))
}

/** Which command an answer to a push leaves with its device. */
function leftBehind({ payload, headers }: InjectOptions, answer: string): string | undefined {
  if (!answer.includes('"waiting":')) return undefined
  const { waiting } = JSON.parse(answer) as { waiting?: { n: number } }
  const bytes = payload as Buffer
  const { commands } = JSON.parse((headers?.['content-encoding'] ? gunzipSync(bytes) : bytes).toString('utf8')) as { commands: { id: string; n: number }[] }
  return commands.find(({ n }) => n === waiting?.n)?.id
}
