import { IDBFactory } from 'fake-indexeddb'
import { BlobStore } from '../../../main/files/blob-store.ts'
import { forgetWritesBelow } from '../../../main/lib/atomic-write.ts'
import { coalesceFlag } from '../../../main/lib/coalesce.ts'
import type { Log } from '../../../main/log/log.ts'
import { Journal } from '../../../main/outbox/journal.ts'
import { makeCipher } from '../../../main/preload/window-cipher.ts'
import { deviceSignerOf } from '../../../main/sync/device-signer.ts'
import { HttpClient } from '../../../main/sync/http-client.ts'
import { SyncEngine } from '../../../main/sync/sync-engine.ts'
import { bridge } from '../../../renderer/bridge/window-api.ts'
import { type AnyCall, newestVersionOf } from '../../../renderer/commands/any-call.ts'
import { runCommand } from '../../../renderer/commands/run-command.ts'
import { openReplica } from '../../../renderer/db/open-replica.ts'
import type { ReplicaSession } from '../../../renderer/db/replica-session.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import { type IpcChannel, type IpcEventName, type IpcEvents, ipcContract, type SessionState, type WindowApi } from '../../../shared/ipc/ipc-contract.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import { colleagueRow } from '../../support/firm-rows.ts'
import { windows } from '../install.ts'
import { emailOf, type PersonName, people, roleOf } from '../server/sim-firm.ts'
import { deviceSeed, PASSPHRASE } from '../server/sim-server.ts'
import { Disk, disks, SIM_ROOT } from '../world/disk.ts'
import { world } from '../world/globals.ts'
import type { Network } from '../world/network.ts'
import type { Random } from '../world/random.ts'
import { MachineClock, Process } from '../world/scheduler.ts'
import { SimSessionStore } from './sim-session-store.ts'
import { endConnections, openDatabases, type StoredDatabases } from './stored-databases.ts'

const SERVER_URL = 'https://rapport.example'

/** A command as its person sees it. */
export interface Saved {
  readonly id: string
  readonly call: AnyCall
  readonly orderMade: number
}

/** Makes database names that no other laptop of this or another seed has: Dexie tells changes apart by them. */
let worldCount = 0

interface OpenMain {
  readonly process: Process
  readonly journal: Journal
  readonly sync: SyncEngine
  readonly store: SimSessionStore
}
interface OpenWindow {
  readonly process: Process
  readonly session: ReplicaSession
}

export interface ClientHooks {
  readonly count: (kind: string) => void
  readonly problem: (text: string) => void
  /** Status or outbox of main moved. */
  readonly changed: (client: SimClient) => void
}

/** One laptop: main process and window with the product's own code, on a disk and databases that outlive both. */
export class SimClient {
  readonly n: number
  readonly person: PersonName
  readonly deviceId: string
  readonly disk: Disk
  readonly databaseName: string
  readonly clock = new MachineClock()
  databases = new IDBFactory()
  main: OpenMain | null = null
  window: OpenWindow | null = null
  /** What has to be undone of faults that wait for their moment. */
  readonly onRecover: (() => void)[] = []
  /** Commands that were answered with "Saved here", in that order. */
  readonly saved: Saved[] = []
  /** Commands whose person was told that they were not saved. */
  readonly unsaved: string[] = []
  readonly discarded = new Set<string>()
  readonly storageErrors: (AppError | null)[] = []
  readonly #network: Network
  readonly #hooks: ClientHooks
  readonly #firstToken: string
  #starts = 0
  #events = new Map<IpcEventName, Set<(payload: never) => void>>()
  #orderMade = 0
  #isOpening = false
  #isStarting = false
  #starting: Process | null = null
  #opening: Process | null = null
  #keys: { readonly data: Uint8Array; readonly index: Uint8Array; readonly journal: Uint8Array; readonly file: Uint8Array }

  constructor(n: number, person: PersonName, device: { readonly deviceId: string; readonly refreshToken: string }, network: Network, random: Random, hooks: ClientHooks) {
    this.databaseName = `rapport-${++worldCount}`
    this.n = n
    this.person = person
    this.deviceId = device.deviceId
    this.#firstToken = device.refreshToken
    this.#network = network
    this.#hooks = hooks
    this.disk = new Disk(random.fork('disk'))
    disks.set(`c${n}`, this.disk)
    const key = (byte: number) => new Uint8Array(32).fill(byte + n)
    this.#keys = { data: key(10), index: key(40), journal: key(70), file: key(100) }
  }

  get isOpen(): boolean {
    return this.main !== null && this.window !== null
  }

  /** Starts main, then the window. */
  async start(): Promise<void> {
    if (this.main || this.#isStarting) return
    this.#isStarting = true
    const process = new Process(`c${this.n}.main${++this.#starts}`, this.clock)
    this.#starting = process
    const { scheduler } = world
    await new Promise<void>((resolve) => scheduler.at(0, 'start', () => void this.#startMain(process).then(resolve), process))
  }

  async #startMain(process: Process): Promise<void> {
    const folder = `${SIM_ROOT}c${this.n}`
    forgetWritesBelow(`${folder}/`)
    const store = await SimSessionStore.open(
      `${folder}/session.json`,
      {
        email: emailOf(this.person),
        serverUrl: SERVER_URL,
        deviceId: this.deviceId,
        refreshToken: this.#firstToken,
        colleague: colleagueRow(people[this.person], roleOf(this.person), this.person),
        firmName: 'Firm',
        registeredLastN: 0,
        epoch: null,
        lastContactAtMs: Date.now(),
        lastUsedAtMs: Date.now(),
        knownTraceMs: 0,
        leaseMs: 14 * 86_400_000,
        wipeCommitment: null,
        signInKind: 'passphrase',
        hasOwnPassphrase: false,
        recoveryKey: null,
      },
      deviceSignerOf(deviceSeed(this.n)),
    )
    const opened = await Journal.open({ path: `${folder}/outbox.journal`, key: this.#keys.journal, registeredLastN: store.read().registeredLastN, nowMs: Date.now })
    if (!opened.ok) {
      this.#hooks.count('journal did not open')
      process.isAlive = false
      this.#isStarting = false
      world.scheduler.at(5_000, 'start again', () => void this.start(), world.scheduler.harness)
      return
    }
    const journal = opened.value
    if (journal.damage) this.#hooks.problem(`journal of ${this.n} was found damaged`)
    const announce = coalesceFlag((isBehind) => this.#emit('event:sync-changed', { isBehind }), 100)
    const onChange = (isBehind: boolean) => {
      if (this.main?.process === process) this.#hooks.changed(this)
      announce(isBehind)
    }
    const http = new HttpClient(SERVER_URL, this.#network.fetchOf(this.n, process))
    const clocks = { nowMs: Date.now, monotonicMs: () => performance.now(), random: Math.random }
    const sync = new SyncEngine({
      http,
      store,
      journal,
      blobs: new BlobStore(`${folder}/files`, this.#keys.file),
      log: this.#log(),
      onChange,
      onPage: (page) => {
        this.#hooks.count('page came by itself')
        this.#emit('event:sync-page', page)
      },
      onRevoked: () => undefined,
      awaiting: { forMs: 15_000, everyMs: 2_000 }, // real ones: 14 days, a minute; a seed ends sooner
      ...clocks,
    })
    this.main = { process, journal, sync, store }
    this.#isStarting = false
    void sync.authorise(PASSPHRASE)
    sync.start()
    await this.startWindow()
  }

  async startWindow(): Promise<void> {
    const { main } = this
    if (!main) return
    const process = new Process(`c${this.n}.window${++this.#starts}`, this.clock)
    this.databases = endConnections(this.databases)
    this.#events = new Map()
    this.#isOpening = true
    windows.set(process, { api: this.#api(process, main), indexedDB: this.databases })
    await new Promise<void>((resolve) => {
      world.scheduler.at(1, 'open window', () => void this.#openWindow(process).then(resolve), process)
    })
  }

  async #openWindow(process: Process): Promise<void> {
    this.#opening = process
    const opened = await openReplica(this.#state(), { onStorage: (error) => void this.storageErrors.push(error) })
    this.#isOpening = false
    if (!opened.ok) {
      this.#hooks.count('window did not open')
      world.scheduler.at(5_000, 'open window again', () => void this.startWindow(), this.main?.process)
      return
    }
    const session = opened.value
    this.window = { process, session }
    const api = windows.get(process)?.api as WindowApi
    api.on('event:sync-changed', ({ isBehind }) => isBehind && session.requestSync()) // renderer/app/connect-main.ts
    api.on('event:sync-page', (page) => session.receivePage(page))
    await session.loaded
  }

  /** Runs a call as a person would, from the window. */
  run(call: AnyCall): void {
    const { window } = this
    if (!window) return
    world.scheduler.at(0, `run ${call.name}`, () => void this.#run(window, call), window.process)
  }

  async #run({ session, process }: OpenWindow, call: AnyCall): Promise<void> {
    const result = await runCommand(session, { name: call.name, version: newestVersionOf(call.name), args: call.args })
    if (!process.isAlive) return // nobody saw the answer
    if (result.ok) this.saved.push({ id: result.value.commandId, call, orderMade: ++this.#orderMade })
    this.#hooks.count(result.ok ? `saved ${call.name}` : `not saved ${result.error.code}`)
  }

  /** A person puts a refused command aside, as renderer/commands/attention.ts does it. */
  discard(id: string): void {
    const { window } = this
    if (!window) return
    const work = async () => {
      this.discarded.add(id) // asked for: from now on it may be gone
      const answer = await bridge.invoke('outbox:discard', { id })
      if (answer.ok && window.process.isAlive) await window.session.db.pending.delete(id)
    }
    world.scheduler.at(0, 'discard', () => void work().catch(() => undefined), window.process)
  }

  /** Both processes end at once. @param isPowerCut the disk loses what was not synced */
  crash(isPowerCut: boolean): void {
    if (this.#starting) this.#starting.isAlive = false
    this.#isStarting = false
    this.crashWindow()
    this.main = null
    this.disk.crash(isPowerCut)
    this.#network.cutAll(this.n)
  }

  reopenWindow(): void {
    if (this.main && !this.window && !this.#isOpening) void this.startWindow()
  }

  /** No fault waits for this laptop any more. */
  recover(): void {
    this.disk.isFull = false
    this.disk.doesSyncLie = false
    this.disk.onOperation = () => undefined
    for (const undo of this.onRecover.splice(0)) undo()
  }

  crashWindow(): void {
    const { window } = this
    this.window = null
    if (this.#opening) this.#opening.isAlive = false
    this.#isOpening = false
    if (!window) return
    window.process.isAlive = false
    // Dexie's live queries hang on the whole process: what the dead window listened to is taken down, nothing of it runs on.
    world.scheduler.as(window.process, () => window.session.close())
  }

  /** Replaces what IndexedDB holds; the window is closed. null = nothing is left. */
  setDatabases(stored: StoredDatabases | null): void {
    this.databases = stored ? openDatabases(stored) : new IDBFactory()
  }

  signInIfNeeded(): void {
    const { main } = this
    if (main?.sync.status().connection !== 'signInNeeded') return
    this.#hooks.count('signed in again')
    world.scheduler.at(0, 'sign in', () => void main.sync.signIn(PASSPHRASE).then((r) => r.ok && main.sync.now()), main.process)
  }

  #state(): SessionState {
    const place = { firmName: 'Firm', lastEmail: null, deviceId: this.deviceId, deviceName: 'Laptop', signInKind: 'passphrase' as const, notice: null }
    return { phase: 'open', colleague: colleagueRow(people[this.person], roleOf(this.person), this.person), databaseName: this.databaseName, ...place }
  }

  #emit<E extends IpcEventName>(event: E, payload: IpcEvents[E]): void {
    const { window } = this
    if (!window) return
    const listeners = this.#events.get(event)
    world.scheduler.at(
      0.3,
      `ipc ${event}`,
      () => {
        for (const listener of listeners ?? []) listener(structuredClone(payload) as never)
      },
      window.process,
    )
  }

  #api(process: Process, main: OpenMain): WindowApi {
    const { scheduler } = world
    const invoke = (channel: IpcChannel, request: unknown): Promise<unknown> => {
      const parsed = ipcContract[channel].request.parse(structuredClone(request))
      return new Promise((resolve) => {
        const answer = (value: unknown) => scheduler.at(0.3, `ipc answer ${channel}`, () => resolve(structuredClone(value)), process)
        scheduler.at(0.3, `ipc ${channel}`, () => void Promise.resolve(this.#handle(main, channel, parsed)).then(answer), main.process)
      })
    }
    const on = (event: IpcEventName, listener: (payload: never) => void) => {
      const listeners = this.#events.get(event) ?? new Set()
      this.#events.set(event, listeners.add(listener))
      return () => listeners.delete(listener)
    }
    return { invoke, on, openCipher: async () => true, cipher: makeCipher(() => this.#keys) } as unknown as WindowApi
  }

  /** As main/ipc/handlers.ts does it. */
  #handle({ journal, sync }: OpenMain, channel: IpcChannel, request: unknown): Promise<Result<unknown, AppError>> | Result<unknown, AppError> {
    const given = request as { commands: never; throughN: number; id: string }
    const changed = async (result: Promise<Result<unknown, AppError>>) => {
      const settled = await result
      if (settled.ok) sync.workAdded()
      return settled.ok ? ok({}) : settled
    }
    switch (channel) {
      case 'outbox:append':
        return journal.append(given.commands).then((items) => {
          sync.workAdded()
          return items.ok ? ok({ items: items.value }) : items
        })
      case 'outbox:list':
        return ok({ items: journal.listOpen() })
      case 'outbox:settle':
        return changed(journal.settle(given.throughN))
      case 'outbox:discard':
        return changed(journal.discard(given.id))
      case 'sync:pull':
        return sync.pull(request as never)
      case 'sync:snapshot':
        return sync.snapshot(request as never)
      case 'sync:status':
        return ok(sync.status())
      case 'reminders:set':
        return ok({})
      default:
        return err(appError('app/bug'))
    }
  }

  #log(): Log {
    return {
      info: () => undefined,
      warn: () => undefined,
      bug: (event, cause) => this.#hooks.problem(`client ${this.n}: ${event} ${cause instanceof Error ? cause.stack : String(cause)}`),
    }
  }
}
