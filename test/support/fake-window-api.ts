/** Main in memory: a journal that outlives windows, and a line to a fake server that the test opens, cuts and flushes by hand. */

import { makeCipher } from '../../main/preload/window-cipher.ts'
import { type AppError, appError, type ErrorCode } from '../../shared/errors/error-codes.ts'
import type { DraftCommand, IpcChannel, IpcEventName, IpcEvents, IpcRequest, IpcResponse, OutboxItem, SessionState, WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { ipcContract } from '../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { Actor, FakeServer } from './fake-server.ts'
import { colleagueRow } from './firm-rows.ts'
import { idOf } from './test-id.ts'

type Answer = Result<unknown, AppError>
type Handlers = { readonly [C in IpcChannel]?: (request: IpcRequest<C>) => Result<IpcResponse<C>, AppError> }

export class FakeWindowApi implements WindowApi {
  readonly cipher = makeCipher(() => ({ data: new Uint8Array(32).fill(7), index: new Uint8Array(32).fill(9) }))
  readonly calls: { readonly channel: IpcChannel; readonly request: unknown }[] = []
  journal: OutboxItem[] = []
  isOnline = true
  phase: SessionState['phase'] = 'open'
  databaseName: string
  actor: Actor
  readonly deviceId: string
  /** Channels that answer with this code instead, until it is taken out. */
  readonly failing = new Map<IpcChannel, ErrorCode>()
  /** Called before each answer; a test that waits in it holds the call back. */
  before: (channel: IpcChannel) => Promise<void> | void = () => undefined
  readonly #server: FakeServer
  readonly #listeners = new Map<IpcEventName, Set<(payload: never) => void>>()

  constructor(server: FakeServer, actor: Actor, deviceN = 1) {
    this.#server = server
    this.actor = actor
    this.deviceId = idOf('device', deviceN)
    this.databaseName = `replica-${this.deviceId}-${Math.random()}`
  }

  /** Makes this the `window.api` of the process. */
  install(): this {
    ;(globalThis as { api?: WindowApi }).api = this
    return this
  }

  state(): SessionState {
    const { id, role } = this.actor
    const place = {
      firmName: 'Firm',
      lastEmail: null,
      deviceId: this.deviceId,
      deviceName: 'Laptop',
      signInKind: this.phase === 'open' ? ('passphrase' as const) : null,
      notice: null,
    }
    if (this.phase !== 'open') return { phase: this.phase, colleague: null, databaseName: null, ...place }
    return { phase: 'open', colleague: colleagueRow(id, role, 'Anna Ory'), databaseName: this.databaseName, ...place }
  }

  openCipher(): Promise<boolean> {
    return Promise.resolve(true)
  }

  on<E extends IpcEventName>(event: E, listener: (payload: IpcEvents[E]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener as (payload: never) => void)
    return () => listeners.delete(listener as (payload: never) => void)
  }

  emit<E extends IpcEventName>(event: E, payload: IpcEvents[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(payload as never)
  }

  async invoke<C extends IpcChannel>(channel: C, request: IpcRequest<C>): Promise<Result<IpcResponse<C>, AppError>> {
    this.calls.push({ channel, request })
    await this.before(channel)
    const code = this.failing.get(channel)
    if (code) return err(appError(code))
    const parsed = ipcContract[channel].request.parse(structuredClone(request)) // as crossing the process border does
    const handler = this.#handlers[channel] as ((request: unknown) => Answer) | undefined
    const answer = handler ? handler(parsed) : err(appError('app/bug'))
    return structuredClone(answer) as Result<IpcResponse<C>, AppError>
  }

  /** A disk that lied kept nothing of the journal: it counts from 1 again. */
  loseJournal(): void {
    this.journal = []
    this.#lastN = 0
  }

  /** Main sends what is unsent, in order. */
  flush(): void {
    const unsent = this.journal.filter((item) => item.status === 'saved')
    const outcomes = this.#server.push(this.deviceId, this.actor.id, unsent)
    this.journal = this.journal.map((item) => {
      const outcome = outcomes.find((o) => o.n === item.n)
      return outcome ? { ...item, status: outcome.status, error: outcome.error } : item
    })
  }

  /** Main waits no longer for what the page says of the command it had held. */
  letGo(): void {
    if (this.#held) this.#append(this.#held as OutboxItem)
    this.#held = null
  }

  readonly #handlers: Handlers = {
    'session:get': () => ok(this.state()),
    'session:sign-in': ({ passphrase }) => {
      if (passphrase === 'wrong') return err(appError('session/wrong-credentials'))
      this.phase = 'open'
      return ok(this.state())
    },
    'session:sign-out': ({ discardUnsent }) => {
      if (!discardUnsent && this.journal.some((item) => item.status === 'saved')) return err(appError('session/unsent-work'))
      this.phase = 'signedOut'
      this.journal = []
      return ok({})
    },
    'settings:get': () => ok({ language: 'en', theme: 'light', density: 'compact', serverUrl: '', hasNotifications: true, hasNotificationNames: false }),
    'reminders:set': () => ok({}),
    'sync:status': () =>
      ok({
        connection: this.isOnline ? 'online' : 'offline',
        unsentCount: this.journal.length,
        refusedCount: 0,
        waiting: [],
        lastContactAtMs: null,
        leaseEndsAtMs: null,
        serverHead: null,
        error: null,
      }),
    'outbox:append': ({ commands }) => ok({ items: commands.flatMap((command) => (this.#givenUp.has(command.id) ? [] : [this.#append(command as OutboxItem)])) }),
    'outbox:hold': ({ command }) => {
      this.#held = command
      return ok({ n: this.#lastN + 1 })
    },
    'outbox:decide': ({ id, isStored }) => {
      if (this.#held?.id === id && isStored) this.letGo()
      this.#held = null
      if (!isStored && this.journal.every((item) => item.id !== id)) this.#givenUp.add(id)
      return ok({ isKept: this.journal.some((item) => item.id === id) })
    },
    'outbox:list': () => ok({ items: this.journal }),
    'outbox:settle': ({ throughN }) => {
      this.journal = this.journal.filter((item) => item.status !== 'applied' || item.n > throughN)
      return ok({})
    },
    'outbox:discard': ({ id }) => {
      this.#putAside.push(...this.journal.filter((item) => item.id === id))
      this.journal = this.journal.filter((item) => item.id !== id)
      return ok({})
    },
    'sync:pull': (request) => this.#whenOnline(() => this.#server.pull(this.deviceId, this.actor, request)) as Result<IpcResponse<'sync:pull'>, AppError>,
    'sync:snapshot': (request) => this.#whenOnline(() => this.#server.snapshot(this.actor, request)) as Result<IpcResponse<'sync:snapshot'>, AppError>,
  }

  #lastN = 0
  #held: DraftCommand | null = null
  readonly #givenUp = new Set<string>()
  readonly #putAside: OutboxItem[] = [] // discarded: known, and listed no more
  #append({ id, name, version, args, madeAtMs }: Omit<OutboxItem, 'n' | 'status' | 'error'>): OutboxItem {
    const known = [...this.journal, ...this.#putAside].find((item) => item.id === id)
    if (known) return known
    const item: OutboxItem = { id, name, version, args, madeAtMs, n: ++this.#lastN, status: 'saved', error: null }
    this.journal = [...this.journal, item]
    return item
  }

  #whenOnline<T>(answer: () => T): Result<T, AppError> {
    return this.isOnline ? ok(answer()) : err(appError('sync/offline'))
  }
}
