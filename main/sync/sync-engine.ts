import type { AppError } from '../../shared/errors/error-codes.ts'
import type { IpcRequest, SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { decodePackedPage } from '../../shared/sync/packed-page.ts'
import { PROTOCOL_VERSION } from '../../shared/sync/protocol.ts'
import { type FollowedPage, type PullResponse, pullResponseSchema } from '../../shared/sync/pull.ts'
import type { CommandEnvelope, CommandOutcome } from '../../shared/sync/push.ts'
import type { Session } from '../../shared/sync/session.ts'
import { type ChainEnd, signCommands } from '../../shared/sync/signing.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { hop } from '../../shared/testing/hop.ts'
import { uploadBlob, uploadPending } from '../files/upload-blobs.ts'
import { Turns } from '../lib/turns.ts'
import { leaseOf } from '../session/lease.ts'
import { Access, isSessionEnd } from './access.ts'
import { alarmOf } from './alarms.ts'
import { Announcer } from './announcer.ts'
import { AWAITING_MS, AwaitedOthers } from './awaited-others.ts'
import { Connection } from './connection.ts'
import { listenToChanges, STREAM_ENDED } from './event-stream.ts'
import type { HttpRequest } from './http-client.ts'
import type { KeptHead } from './kept-heads.ts'
import { Pusher } from './pusher.ts'
import { Repeater } from './repeater.ts'
import type { SyncDeps } from './sync-deps.ts'

const AWAITING = { forMs: AWAITING_MS, everyMs: 60_000 }

/** A page with the effect of one's own command comes within this time, or the device asks: the line may be dead. */
const OWN_PAGE_MS = 2_000

/** Everything between this device and the server while somebody has the app open; works with no window too. [J6] */
export class SyncEngine {
  readonly #deps: SyncDeps
  readonly #access: Access
  readonly #connection: Connection
  readonly #others: AwaitedOthers
  readonly #pusher: Pusher
  readonly #answers = new Turns()
  readonly #pushing: Repeater
  readonly #uploading: Repeater
  readonly #listening: Repeater
  #serverHead: number | null = null
  readonly #announcer: Announcer
  #tryAgainTimer: NodeJS.Timeout | undefined
  #pulledN = 0 // this device's last command whose effect was in a page
  #ownPage: ReturnType<typeof setTimeout> | undefined
  #isEpochUnsure = false // somebody signed in, as everybody must after a restore, and no pull told of it yet
  #isFollowed = false // the server's last word was a page: until it says otherwise, what is to be pulled comes by itself

  constructor(deps: SyncDeps) {
    this.#deps = deps
    this.#announcer = new Announcer(deps.onChange)
    this.#connection = new Connection(deps.nowMs, deps.store.read().lastContactAtMs, () => {
      this.#listening.ask() // a stream that ended with a session asks no more by itself
      this.#goOn()
    })
    this.#access = new Access({
      http: deps.http,
      store: deps.store,
      nowMs: deps.nowMs,
      monotonicMs: deps.monotonicMs,
      onSession: ({ lastN, lastHash }, isRenewed) => {
        if (!isRenewed) this.#isEpochUnsure = true
        this.#pusher.noteServerEnd({ n: lastN, hash: lastHash })
        if (!isRenewed) this.#listening.ask() // a session that had ended has ended the listening too
      },
      onRevoked: deps.onRevoked,
    })
    const uploadFile = (sha256: string) => uploadBlob(deps.blobs, this.#send, sha256)
    const sign = (end: ChainEnd, commands: readonly CommandEnvelope[]) => signCommands(deps.store.signer, deps.store.read().deviceId, end, commands)
    const fetchOutcomes = () => this.#fetchOutcomes()
    const onOlderJournal = () => deps.log.warn('journal.older-than-server')
    this.#others = new AwaitedOthers(deps.journal, deps.nowMs, (deps.awaiting ?? AWAITING).forMs)
    this.#pusher = new Pusher({ journal: deps.journal, others: this.#others, sign, send: this.#send, uploadFile, fetchOutcomes, onProgress: () => this.#pushed(), onOlderJournal })
    this.#pushing = this.#repeat('push', (signal) => this.#pushAll(signal))
    this.#uploading = this.#repeat('upload', (signal) => uploadPending(deps.blobs, this.#send, signal))
    this.#listening = this.#repeat('events', (signal, isAlive) =>
      listenToChanges(
        { http: deps.http, access: this.#access, onOpen: () => this.#opened(isAlive), onChanged: (head) => this.#moved(head), onPage: (page) => this.#takePage(page) },
        signal,
      ).finally(() => {
        this.#isFollowed = false
      }),
    )
  }

  start(): void {
    this.#listening.ask()
    this.#goOn()
  }

  stop(): void {
    clearTimeout(this.#tryAgainTimer)
    for (const repeater of [this.#listening, this.#pushing, this.#uploading]) repeater.stop()
    clearTimeout(this.#ownPage)
  }

  /** Try everything now: asked by a person, by waking from sleep, by new work. */
  now(): void {
    if (this.#connection.state !== 'online') this.#listening.ask()
    this.#goOn()
  }

  /** With the passphrase at hand: renews the session, or signs in where the server has ended it. */
  async authorise(passphrase: string): Promise<Result<void, AppError>> {
    const token = await this.#access.getToken()
    const { signInKind, hasOwnPassphrase } = this.#deps.store.read()
    const canSignIn = signInKind === 'passphrase' && !hasOwnPassphrase // elsewhere the server must not learn what opens this laptop
    const result = !token.ok && isSessionEnd(token.error) && canSignIn ? await this.#access.signIn(passphrase) : token
    this.#note(result)
    if (!result.ok) return result
    this.now()
    return ok(undefined)
  }

  /** A session that sign-in has just brought. */
  takeSession = (session: Session) => this.#access.take(session)
  signIn = (passphrase: string) => this.#access.signIn(passphrase)
  signOut = () => this.#access.signOut()

  /** Passes the page on to the renderer, and keeps the answers to this device's commands that it carries. */
  async pull(request: IpcRequest<'sync:pull'>) {
    const named = this.#deps.heads?.last
    const json = { protocol: PROTOCOL_VERSION, ...request, ...(named ? { headSize: named.size } : {}) }
    const answer = await this.#send({ method: 'POST', path: '/v1/sync/pull', json, response: pullResponseSchema })
    reach('main.pull.answered')
    if (answer.ok) await this.#takePull({ value: answer.value as PullResponse }, named)
    return answer
  }

  /** Passes a packed page on as it came. */
  snapshot(request: IpcRequest<'sync:snapshot'>) {
    return this.#send({ method: 'POST', path: '/v1/sync/snapshot', json: { protocol: PROTOCOL_VERSION, ...request }, decode: decodePackedPage })
  }

  /** Any other request in the person's name. */
  request<T>(request: HttpRequest<T>): Promise<Result<T, AppError>> {
    return this.#send(request)
  }

  status(): SyncStatus {
    const isDamaged = this.#deps.journal.damage !== null || this.#pusher.isJournalOlder
    const { lastContactAtMs } = this.#connection
    return {
      connection: this.#connection.state,
      unsentCount: this.#pusher.unsentCount,
      refusedCount: this.#deps.journal.countRefused(),
      waiting: this.#others.left,
      lastContactAtMs,
      leaseEndsAtMs: lastContactAtMs === null ? null : lastContactAtMs + leaseOf(this.#deps.store.read()),
      serverHead: this.#serverHead,
      error: alarmOf(this.#deps, isDamaged) ?? this.#connection.error,
    }
  }

  /** Journal or files have something new. */
  workAdded(): void {
    this.#announce()
    this.#uploading.offer()
    this.#pushing.offer()
  }

  readonly #send = async <T>(request: HttpRequest<T>): Promise<Result<T, AppError>> => {
    const answer = await this.#access.send(request)
    this.#note(answer)
    return answer
  }

  #goOn(): void {
    this.#uploading.ask()
    this.#others.tryAgain()
    this.#pushing.ask()
  }

  /** [B6] What waits for others is sent again when something of theirs has come, and now and then without a sign. */
  async #pushAll(signal: AbortSignal): Promise<Result<void, AppError>> {
    const told = await this.#askEpoch()
    if (!told.ok) return told
    const result = await this.#pusher.pushAll(signal)
    if (this.#others.waiting.size > 0 && !signal.aborted) this.#tryAgainIn((this.#deps.awaiting ?? AWAITING).everyMs)
    return result
  }

  /** [B6] Before the first push after a sign-in: what was made before a restore must not be refused because nobody told of it. */
  async #askEpoch(): Promise<Result<unknown, AppError>> {
    if (!this.#isEpochUnsure || this.#pusher.unsentCount === 0) return ok(undefined)
    const told = await this.pull({ cursor: null, scopeHash: null, sinceN: this.#pusher.answeredN })
    if (told.ok) this.#isEpochUnsure = false
    return told
  }

  #tryAgainIn(ms: number): void {
    clearTimeout(this.#tryAgainTimer)
    this.#tryAgainTimer = setTimeout(() => this.#goOn(), ms)
  }

  #opened(isAlive: () => void): void {
    isAlive()
    this.#note(ok(undefined))
    this.#goOn()
  }

  #moved(head: number): void {
    this.#serverHead = head
    if (this.#others.waiting.size > 0) this.#tryAgainIn(1_000)
    this.#isFollowed = false
    this.#announce()
  }

  /** [L13] The same as for a page that was asked for. One that does not fit what this device kept is left out: it pulls. */
  async #takePage(followed: FollowedPage): Promise<void> {
    hop('main.page.heard')
    const { heads, onPage } = this.#deps
    const named = heads?.last
    if (!onPage || (heads && named?.size !== followed.headSize)) return this.#askForPull()
    this.#note(ok(undefined))
    this.#isFollowed = true
    await this.#takePull({ value: followed.page }, named)
    hop('main.page.sent')
    onPage(followed)
  }

  #pushed(): void {
    this.#announce()
    clearTimeout(this.#ownPage)
    if (this.#isFollowed) this.#ownPage = setTimeout(() => this.#pulledN < this.#pusher.answeredN && this.#askForPull(), OWN_PAGE_MS)
  }

  #askForPull(): void {
    this.#isFollowed = false
    this.#deps.onChange(true)
  }

  /** [B5] Said once, at the first contact: whoever looks after the firm must be able to find it. */
  async #historyWentBack(lastN: number): Promise<void> {
    this.#pusher.goBackTo(lastN) // a new session may not be had at the moment
    await this.#askLastN()
    this.#deps.log.warn('sync.server-restored', { lostCount: this.#pusher.unsentCount })
  }

  /** A fresh session tells the server's count of this device's commands. */
  async #askLastN(): Promise<void> {
    const token = await this.#access.getToken()
    if (token.ok) await this.#access.renew(token.value)
    this.#pushing.ask()
  }

  /** All answers to commands of this device, page by page. */
  async #fetchOutcomes(): Promise<Result<readonly CommandOutcome[], AppError>> {
    const all: CommandOutcome[] = []
    for (;;) {
      const page = await this.pull({ cursor: null, scopeHash: null, sinceN: all.at(-1)?.n ?? 0 })
      if (!page.ok) return page
      if (page.value.outcomes.length === 0) return ok(all)
      all.push(...page.value.outcomes)
    }
  }

  /** Another epoch means another history: the server was restored, and its count of our commands is asked anew. */
  #takePull(answer: { readonly value: PullResponse }, named: KeptHead | undefined): Promise<void> {
    return this.#answers.take(() => this.#takeInTurn(answer, named)) // two that tell of a restore at once are one alarm
  }

  async #takeInTurn(answer: { readonly value: PullResponse }, named: KeptHead | undefined): Promise<void> {
    const { epoch, outcomes, head, lastN } = answer.value
    this.#pulledN = lastN
    const verdict = await this.#deps.heads?.take(epoch, head, named)
    if (verdict === 'history-changed') this.#deps.log.warn('trail.history-changed', { keptSize: named?.size ?? 0, toldSize: head.size })
    if (verdict === 'new-epoch') this.#deps.log.warn('trail.new-epoch', { toldSize: head.size })
    const known = this.#deps.store.read().epoch
    await this.#deps.journal.recordOutcomes(outcomes)
    reach('main.pull.recorded')
    if (known !== epoch) {
      if (known !== null && !(await this.#deps.journal.noteRestored()).ok) return // the epoch stays new until the disk has taken it
      await this.#deps.store.save({ epoch })
      if (known !== null) await this.#historyWentBack(lastN)
    }
    this.#announce()
  }

  #repeat(name: string, task: ConstructorParameters<typeof Repeater>[0]): Repeater {
    return new Repeater(task, { random: this.#deps.random, onError: (error, cause) => this.#failed(name, error, cause) })
  }

  #failed(task: string, error: AppError, cause: unknown): void {
    if (cause === undefined) this.#deps.log.info('sync.task.failed', { task, code: error.code })
    else this.#deps.log.bug('sync.task.broke', cause, { task })
    if (task === 'events' && error.params['reason'] !== STREAM_ENDED) this.#note(err(error))
  }

  #note(result: Result<unknown, AppError>): void {
    this.#connection.note(result)
    this.#announce()
  }

  readonly #announce = (): void => this.#announcer.tell(this.status(), this.#isFollowed)
}
