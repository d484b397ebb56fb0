import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import type { FollowedPage, TrailHead } from '../../shared/sync/pull.ts'
import type { CommandEnvelope, CommandOutcome, SignedCommand } from '../../shared/sync/push.ts'
import type { Session } from '../../shared/sync/session.ts'
import { NO_HASH, signCommands, signedTextOf } from '../../shared/sync/signing.ts'
import { journalKey } from '../outbox/journal-fixture.ts'
import { deviceSignerOf } from './device-signer.ts'

export const WIPE_TOKEN = 'the token of the tests'
export const wipeCommitmentOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** What a test lets go wrong with one request; returning false lets it go right. */
export type Fault = (request: { readonly path: string; readonly body: unknown }, response: ServerResponse) => boolean

/**
 * A real HTTP server that keeps the rules of docs/spec/sync.md for one device, small enough to be broken on purpose.
 * For tests only; it checks no passphrase but 'correct horse'.
 */
export class SmallServer {
  readonly pushed: CommandEnvelope[] = []
  readonly outcomes = new Map<number, CommandOutcome>()
  readonly files = new Map<string, Buffer>()
  readonly refusedNames = new Set<string>()
  readonly unknownTargets = new Set<string>() // ids of commands that build on what nobody has brought yet
  readonly requests: string[] = []
  readonly streams = new Set<ServerResponse>()
  /** The device's chain after each command. */
  readonly hashes: string[] = [NO_HASH]
  readonly signedBadly: number[] = []
  lastN = 0
  epoch = 'one'
  head: TrailHead = { size: 1, hash: 'a'.repeat(64), hashAtNamed: null }
  fault: Fault = () => false
  refreshTokens = new Set<string>()
  accessToken = ''
  /** As many answers come with one pull. */
  outcomesOfPull = 500
  /** The firm's; '' = it has none. */
  recoveryKey = ''
  /** Milliseconds an access token is good for. */
  accessLifeMs = 600_000
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  announce(head: number): void {
    for (const stream of this.streams) stream.write(`event: changed\ndata: {"head":${head}}\n\n`)
  }

  sendPage(page: FollowedPage): void {
    for (const stream of this.streams) stream.write(`event: page\ndata: ${JSON.stringify(page)}\n\n`)
  }

  /** What a pull from there would bring. */
  pageFrom(from: number): FollowedPage {
    return { from, sinceN: 0, headSize: this.head.size, page: this.#pull(0) }
  }

  /** Takes commands without anybody hearing of it: their answer got lost. */
  acceptUnseen(commands: readonly CommandEnvelope[]): void {
    for (const command of commands) this.#apply(command)
  }

  /** As a restore from a backup does. */
  forgetAfter(lastN: number): void {
    this.lastN = lastN
    this.pushed.length = lastN
    this.hashes.length = lastN + 1
    for (const n of [...this.outcomes.keys()]) if (n > lastN) this.outcomes.delete(n)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const path = request.url ?? ''
    this.requests.push(`${request.method} ${path}`)
    const body = request.headers['content-type'] === 'application/json' ? JSON.parse(bytes.toString('utf8')) : bytes
    if (this.fault({ path, body }, response)) return
    if (path.startsWith('/v1/session') && request.method === 'POST') this.#session(path, body, response)
    else if (request.headers.authorization !== `Bearer ${this.accessToken}`) fail(response, 401, 'session/expired')
    else if (path === '/v1/sync/push') this.#push(body, response)
    else if (path.startsWith('/v1/sync/events')) this.#stream(response)
    else if (path === '/v1/sync/pull') json(response, this.#pull(body.sinceN))
    else if (path.startsWith('/v1/files/')) this.#file(path.slice('/v1/files/'.length), bytes, response)
    else json(response, {})
  }

  #pull(sinceN: number) {
    const outcomes = [...this.outcomes.values()].filter(({ n }) => n > sinceN).slice(0, this.outcomesOfPull)
    return { epoch: this.epoch, cursor: 1, hasMore: false, rows: [], lastN: this.lastN, outcomes, scopeHash: 'x', scope: null, head: this.head }
  }

  #session(path: string, body: { passphrase?: string; refreshToken?: string }, response: ServerResponse): void {
    if (path === '/v1/session' && body.passphrase !== 'correct horse') fail(response, 401, 'session/wrong-credentials')
    else if (path === '/v1/session/refresh' && !this.refreshTokens.delete(body.refreshToken ?? '')) fail(response, 401, 'session/expired')
    else json(response, this.issueSession())
  }

  issueSession(): Session {
    this.accessToken = randomUUID()
    const refreshToken = randomUUID()
    this.refreshTokens.add(refreshToken)
    const nowMs = Date.now()
    return {
      accessToken: this.accessToken,
      accessExpiresAtMs: nowMs + this.accessLifeMs,
      refreshToken,
      colleague: aColleague,
      firmName: 'Test firm',
      lastN: this.lastN,
      lastHash: this.#lastHash,
      serverTimeMs: nowMs,
      leaseMs: 72 * 3_600_000,
      wipeCommitment: wipeCommitmentOf(WIPE_TOKEN),
      ...(this.recoveryKey ? { recoveryKey: this.recoveryKey } : {}),
    }
  }

  get #lastHash(): string {
    return this.hashes[this.lastN] ?? NO_HASH
  }

  /** [S1, S2] Ed25519 gives one signature for one text: it is made again and compared. */
  #isSignedWell({ signature, ...command }: SignedCommand): boolean {
    const isGood = signCommands(testSigner, testDeviceId, { n: this.lastN, hash: this.#lastHash }, [command])[0]?.signature === signature
    if (!isGood) this.signedBadly.push(command.n)
    return isGood
  }

  #push({ commands, mayWait = [] }: { readonly commands: readonly SignedCommand[]; readonly mayWait?: readonly string[] }, response: ServerResponse): void {
    const outcomes: CommandOutcome[] = []
    for (const command of commands) {
      if (this.unknownTargets.has(command.id) && mayWait.includes(command.id)) {
        json(response, { outcomes, lastN: this.lastN, lastHash: this.#lastHash, waiting: { n: command.n, error: { code: 'access/not-found', params: {} } } })
        return
      }
      const refusal = this.#refusalOf(command)
      if (refusal) {
        fail(response, refusal.status, refusal.code, refusal.params)
        return
      }
      outcomes.push(this.outcomes.get(command.n) ?? this.#apply(command))
    }
    json(response, { outcomes, lastN: this.lastN, lastHash: this.#lastHash })
  }

  #refusalOf(command: SignedCommand) {
    const { n, id, args } = command
    const end = { lastN: this.lastN, lastHash: this.#lastHash }
    const known = this.outcomes.get(n)
    const isIdTaken = [...this.outcomes.values()].some((outcome) => outcome.id === id && outcome.n !== n)
    if (isIdTaken || (known && known.id !== id)) return { status: 422, code: 'sync/reused-id', params: { n, ...end } }
    if (!known && n > this.lastN + 1) return { status: 409, code: 'sync/gap', params: { n, ...end } }
    if (!known && !this.#isSignedWell(command)) return { status: 422, code: 'sync/bad-signature', params: end }
    const sha256 = JSON.stringify(args).match(/[0-9a-f]{64}/)?.[0]
    return sha256 && !this.files.has(sha256) ? { status: 409, code: 'feed/file-missing', params: { sha256 } } : undefined
  }

  #apply(command: CommandEnvelope): CommandOutcome {
    const { n, id, name, version, madeAtMs } = command
    const argsHash = testSigner.sha256(canonicalJson(command.args))
    this.hashes[n] = testSigner.sha256(signedTextOf({ deviceId: testDeviceId, n, id, name, version, argsHash, madeAtMs, prevHash: this.hashes[n - 1] ?? NO_HASH }))
    const code = this.unknownTargets.has(command.id) ? 'access/not-found' : this.refusedNames.has(command.name) ? 'access/role' : null
    const outcome: CommandOutcome = { n: command.n, id: command.id, status: code ? 'refused' : 'applied', error: code && { code, params: {} } }
    this.pushed.push(command)
    this.outcomes.set(command.n, outcome)
    this.lastN = command.n
    return outcome
  }

  #stream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': hello\n\n')
    this.streams.add(response)
    response.on('close', () => this.streams.delete(response))
  }

  #file(sha256: string, bytes: Buffer, response: ServerResponse): void {
    this.files.set(createHash('sha256').update(bytes).digest('hex'), bytes)
    if (this.files.has(sha256)) json(response, {})
    else fail(response, 400, 'request/malformed')
  }
}

export const testDeviceId = '00000000-0000-7000-8000-0000000000dd'
/** The key of the tests' device. */
export const testSigner = deviceSignerOf(journalKey)

export const aColleague = {
  id: '00000000-0000-7000-8000-0000000000aa',
  name: 'Anna Test',
  email: 'anna@example.test',
  role: 'advisor',
  title: '',
  teamId: null,
  managerId: null,
  isActive: true,
  rev: 1,
} as const

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export const fail = (response: ServerResponse, status: number, code: string, params: object = {}) => json(response, { error: { code, params } }, status)
