import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { readConfig } from '../../server/config.ts'
import { buildApp } from '../../server/http/build-app.ts'
import { endStreams } from '../../server/http/event-stream.ts'
import type { ServerDeps } from '../../server/http/server-deps.ts'
import { openLog } from '../../server/log.ts'
import { addColleagues } from '../../server/people/add-colleagues.ts'
import { HeadListener } from '../../server/sync/head-listener.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import type { SignedCommand } from '../../shared/sync/push.ts'
import type { Session } from '../../shared/sync/session.ts'
import type { Signer } from '../../shared/sync/signing.ts'
import type { SeedRow } from './firm-rows.ts'
import { newSigner, PgHost } from './pg-host.ts'
import { serverFirm, workRows } from './server-firm.ts'

export const PASSPHRASE = 'a passphrase of the tests'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: a foreign program has no types either
  readonly body: any
}

/** Which of the two policies hold: the program's, that of rows in the database, or both as in the product. */
export type Layer = 'both' | 'rows alone' | 'filter alone'

interface HostOptions {
  readonly extra?: readonly SeedRow[]
  readonly layer?: Layer
}

/** 'rows alone': every filter of the program takes the caller for someone who sees everything. 'filter alone': the server's role passes policies by. */
const seamsOf = (pg: PgHost, layer: Layer): Pick<ServerDeps, 'db' | 'filterAs'> => ({
  db: layer === 'filter alone' ? pg.db : pg.deps.db,
  ...(layer === 'rows alone' ? { filterAs: (caller) => ({ ...caller, actor: { id: caller.actor.id, role: 'compliance' } }) } : {}),
})

/** The whole server on a free port, over a database of its own. */
export class HttpHost {
  readonly pg: PgHost
  readonly url: string
  readonly #app: FastifyInstance
  readonly #heads: HeadListener
  readonly #signers = new Map<string, Signer>() // by device
  readonly #devices = new Map<string, string>() // by access token
  clockAheadMs = 0
  isDraining = false
  hasHistoryAlarm = false

  private constructor(pg: PgHost, app: FastifyInstance, heads: HeadListener, url: string) {
    this.pg = pg
    this.#app = app
    this.#heads = heads
    this.url = url
  }

  static async open(environment: Readonly<Record<string, string>> = {}, { extra = workRows(), layer = 'both' }: HostOptions = {}): Promise<HttpHost> {
    const rows = [...serverFirm(), ...extra]
    const colleagues = rows.flatMap((r) => (r.table === 'colleagues' ? [r.row as Colleague] : []))
    const pg = await PgHost.open([])
    await addColleagues(
      pg.db,
      colleagues.map((colleague) => ({ colleague, passphrase: PASSPHRASE })),
      [],
      0,
    )
    await pg.seed(rows.filter((r) => r.table !== 'colleagues'))
    const config = readConfig({ RAPPORT_SIGN_INS_PER_IP: '1000', LOG_LEVEL: 'silent', ...environment })
    const heads = new HeadListener(pg.database.appUrl)
    await heads.open()
    const host: { current: HttpHost | null } = { current: null }
    const nowMs = (): number => Date.now() + (host.current?.clockAheadMs ?? 0)
    const { db, ...seams } = seamsOf(pg, layer)
    const executor = { ...pg.deps, db, ...(layer === 'rows alone' ? { can: () => null } : {}) }
    const app = await buildApp(
      { db, ...seams, config, heads, executor, nowMs, isDraining: () => host.current?.isDraining ?? false, hasHistoryAlarm: () => host.current?.hasHistoryAlarm ?? false },
      openLog('silent'),
    )
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    host.current = new HttpHost(pg, app, heads, url)
    return host.current
  }

  async send(method: string, path: string, body?: unknown, token?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const isBytes = body instanceof Uint8Array
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  post(path: string, body: unknown, token?: string): Promise<Answer> {
    return this.send('POST', path, body, token)
  }

  /** A push by the device that got this token; commands without a signature are signed. */
  async pushBody(token: string, ...commands: readonly object[]): Promise<object> {
    const deviceId = this.#devices.get(token)
    const signer = this.#signers.get(deviceId ?? '')
    const signed = deviceId && signer ? await this.pg.sign(deviceId, signer, commands as SignedCommand[]) : commands
    return { protocol: PROTOCOL_VERSION, commands: signed }
  }

  async push(token: string, ...commands: readonly object[]): Promise<Answer> {
    return this.post('/v1/sync/push', await this.pushBody(token, ...commands), token)
  }

  /** The same device id always comes with the same key. */
  async signIn(email: string, passphrase = PASSPHRASE, deviceId: string = randomUUID()): Promise<Answer> {
    const signer = this.#signers.get(deviceId) ?? newSigner()
    this.#signers.set(deviceId, signer)
    const device = { id: deviceId, name: 'Test', publicKey: signer.publicKey }
    const answer = await this.post('/v1/session', { protocol: PROTOCOL_VERSION, email, passphrase, device })
    if (answer.status === 200) this.#devices.set(answer.body.accessToken, deviceId)
    return answer
  }

  async session(email: string): Promise<Session> {
    const answer = await this.signIn(email)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }

  async close(): Promise<void> {
    endStreams()
    const closed = this.#app.close()
    this.#app.server.closeAllConnections() // one that is kept alive would be waited for
    await closed
    await this.#heads.close()
    await this.pg.close()
  }
}

export const emails = {
  advisor: 'anna.ory@rapport.example',
  otherAdvisor: 'otto.berg@rapport.example',
  controller: 'karl.prufer@rapport.example',
  dependentController: 'karin.klein@rapport.example',
  gone: 'greta.gone@rapport.example',
} as const
