import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import { signerOf } from '../../../server/audit/ed25519.ts'
import { openSession } from '../../../server/auth/session-tokens.ts'
import type { Db } from '../../../server/db/open-database.ts'
import type { PackedPage } from '../../../shared/sync/packed-page.ts'
import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts'
import type { PullRequest, PullResponse } from '../../../shared/sync/pull.ts'
import type { PushResponse, SignedCommand } from '../../../shared/sync/push.ts'
import { type ChainEnd, NO_HASH, type Signer, signChain } from '../../../shared/sync/signing.ts'
import { mustDecodePage } from '../../support/packed-pages.ts'

export interface Exchange {
  readonly status: number
  readonly body: Buffer // inflated
  readonly sentBytes: number // of the socket, headers too
  readonly receivedBytes: number
}

/** From this size on a body is sent compressed, as the app does. */
const GZIP_ABOVE_BYTES = 1_024

export interface Body {
  readonly bytes: Buffer
  readonly isZipped: boolean
}

function bodyOf(json: unknown): Body {
  const plain = Buffer.from(JSON.stringify(json))
  const isZipped = plain.length > GZIP_ABOVE_BYTES
  return { bytes: isZipped ? gzipSync(plain, { level: 1 }) : plain, isZipped }
}

/** A signed-in device that speaks to the server as main does, over one connection of its own. */
export class BenchDevice {
  readonly id: string
  readonly personId: string
  readonly accessToken: string
  readonly #url: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #signer: Signer
  #end: ChainEnd = { n: 0, hash: NO_HASH }

  private constructor(url: string, id: string, personId: string, accessToken: string, signer: Signer) {
    this.#signer = signer
    this.#url = url
    this.id = id
    this.personId = personId
    this.accessToken = accessToken
  }

  /** Registers the device and its session in the database, since checking a passphrase is meant to be slow. */
  static async open(db: Db, url: string, personId: string): Promise<BenchDevice> {
    const id = randomUUID()
    const nowMs = Date.now()
    const signer = signerOf(randomBytes(32))
    await db.insertInto('device').values({ id, colleague_id: personId, name: 'Bench', public_key: signer.publicKey, created_at_ms: nowMs, revoked_at_ms: null }).execute()
    const { accessToken } = await openSession(db, { deviceId: id, colleagueId: personId }, nowMs)
    await db
      .updateTable('session')
      .set({ access_expires_at_ms: nowMs + 86_400_000 })
      .where('device_id', '=', id)
      .execute() // a bench may last longer than a token
    return new BenchDevice(url, id, personId, accessToken, signer)
  }

  get publicKey(): string {
    return this.#signer.publicKey
  }

  send(method: string, path: string, json?: unknown): Promise<Exchange> {
    return this.#sendBody(method, path, json === undefined ? null : bodyOf(json))
  }

  #sendBody(method: string, path: string, body: Body | null): Promise<Exchange> {
    const headers = {
      authorization: `Bearer ${this.accessToken}`,
      'accept-encoding': 'gzip',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(body?.isZipped ? { 'content-encoding': 'gzip' } : {}),
    }
    return new Promise((resolve, reject) => {
      const sending = request(`${this.#url}${path}`, { method, headers, agent: this.#agent }, (answer) => {
        const { socket } = sending
        const before = marks.get(socket as object) ?? { read: 0, written: 0 }
        readAll(answer).then((raw) => {
          const [read, written] = [socket?.bytesRead ?? 0, socket?.bytesWritten ?? 0]
          marks.set(socket as object, { read, written })
          const inflated = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
          resolve({ status: answer.statusCode ?? 0, body: inflated, sentBytes: written - before.written, receivedBytes: read - before.read })
        }, reject)
      })
      sending.once('error', reject)
      sending.end(body?.bytes)
    })
  }

  #mustSend(path: string, json: object): Promise<Exchange> {
    return this.#mustSendBody(path, bodyOf({ protocol: PROTOCOL_VERSION, ...json }))
  }

  async #mustSendBody(path: string, body: Body): Promise<Exchange> {
    const exchange = await this.#sendBody('POST', path, body)
    if (exchange.status !== 200) throw new Error(`${path}: ${exchange.status} ${exchange.body.toString().slice(0, 300)}`)
    return exchange
  }

  async pull(query: Partial<PullRequest> = {}): Promise<{ readonly answer: PullResponse; readonly exchange: Exchange }> {
    const exchange = await this.#mustSend('/v1/sync/pull', { cursor: null, scopeHash: null, sinceN: 0, ...query })
    return { answer: JSON.parse(exchange.body.toString()) as PullResponse, exchange }
  }

  async snapshot(householdIds: readonly string[], after: string | null = null): Promise<{ readonly page: PackedPage; readonly exchange: Exchange }> {
    const exchange = await this.#mustSend('/v1/sync/snapshot', { householdIds, after })
    return { page: mustDecodePage(exchange.body), exchange }
  }

  /** Gives the calls the device's next numbers and signs them. */
  number(calls: readonly { readonly name: string; readonly args: unknown }[]): readonly SignedCommand[] {
    const numbered = calls.map(({ name, args }, i) => ({ id: randomUUID(), n: this.#end.n + 1 + i, name, version: 1, args, madeAtMs: Date.now() }))
    const { commands, end } = signChain(this.#signer, this.id, this.#end, numbered)
    this.#end = end
    return commands
  }

  /** A push made ready, so that sending it costs the machine as little as it would if each laptop had cores of its own. */
  pack(commands: readonly SignedCommand[]): Body {
    return bodyOf({ protocol: PROTOCOL_VERSION, commands })
  }

  async push(commands: readonly SignedCommand[]): Promise<{ readonly answer: PushResponse; readonly exchange: Exchange }> {
    return this.pushPacked(this.pack(commands))
  }

  async pushPacked(body: Body): Promise<{ readonly answer: PushResponse; readonly exchange: Exchange }> {
    const exchange = await this.#mustSendBody('/v1/sync/push', body)
    return { answer: JSON.parse(exchange.body.toString()) as PushResponse, exchange }
  }

  close(): void {
    this.#agent.destroy()
  }
}

const marks = new WeakMap<object, { readonly read: number; readonly written: number }>()

async function readAll(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
