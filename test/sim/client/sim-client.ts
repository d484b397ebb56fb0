import { IDBFactory } from 'fake-indexeddb'
import { coalesceFlag } from '../../../main/lib/coalesce.ts'
import { bridge } from '../../../renderer/bridge/window-api.ts'
import { type AnyCall, newestVersionOf } from '../../../renderer/commands/any-call.ts'
import { runCommand } from '../../../renderer/commands/run-command.ts'
import { openReplica } from '../../../renderer/db/open-replica.ts'
import type { ReplicaSession } from '../../../renderer/db/replica-session.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { SessionState } from '../../../shared/ipc/ipc-contract.ts'
import { colleagueRow } from '../../support/firm-rows.ts'
import { windows } from '../install.ts'
import { type PersonName, people, roleOf } from '../server/sim-firm.ts'
import { PASSPHRASE } from '../server/sim-server.ts'
import { Disk, disks } from '../world/disk.ts'
import { world } from '../world/globals.ts'
import type { Network } from '../world/network.ts'
import type { Random } from '../world/random.ts'
import { MachineClock, Process } from '../world/scheduler.ts'
import { type LaptopKeys, type OpenMain, openMain } from './open-main.ts'
import { refusing } from './refusing-database.ts'
import { endConnections, openDatabases, type StoredDatabases } from './stored-databases.ts'
import { WindowBridge } from './window-bridge.ts'

/** A command as its person sees it. */
export interface Saved {
  readonly id: string
  readonly call: AnyCall
  readonly orderMade: number
}

/** Makes database names that no other laptop of this or another seed has: Dexie tells changes apart by them. */
let worldCount = 0

interface OpenWindow {
  readonly process: Process
  readonly session: ReplicaSession
}

export interface ClientHooks {
  readonly count: (kind: string) => void
  readonly problem: (text: string) => void
  /** Status or outbox of main moved. */
  readonly changed: (client: SimClient) => void
  readonly doesDatabaseRefuse: boolean
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
  /** New entries whose person was told that they were not saved. */
  readonly unsaved: string[] = []
  readonly discarded = new Set<string>()
  readonly storageErrors: (AppError | null)[] = []
  readonly #network: Network
  readonly #hooks: ClientHooks
  readonly #firstToken: string
  #starts = 0
  #bridge: WindowBridge | null = null // of the open window
  #orderMade = 0
  #isOpening = false
  #isStarting = false
  #starting: Process | null = null
  #opening: Process | null = null
  #isLocking = false
  #locked: Process[] = [] // runs of main that go on without keys, in the same process as the product's do
  readonly #keys: LaptopKeys

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
    if (this.#isLocking) return void world.scheduler.at(50, 'start after the lock', () => void this.start(), world.scheduler.harness)
    this.#isStarting = true
    const process = new Process(`c${this.n}.main${++this.#starts}`, this.clock)
    this.#starting = process
    const { scheduler } = world
    await new Promise<void>((resolve) => scheduler.at(0, 'start', () => void this.#startMain(process).then(resolve), process))
  }

  async #startMain(process: Process): Promise<void> {
    const announce = coalesceFlag((isBehind) => this.#bridge?.emit('event:sync-changed', { isBehind }), 100)
    const onChange = (isBehind: boolean) => {
      if (this.main?.process === process) this.#hooks.changed(this)
      announce(isBehind)
    }
    const { n, person, deviceId } = this
    const main = await openMain({
      n,
      person,
      deviceId,
      process,
      onChange,
      onPage: (page) => {
        this.#hooks.count('page came by itself')
        this.#bridge?.emit('event:sync-page', page)
      },
      firstToken: this.#firstToken,
      keys: this.#keys,
      network: this.#network,
      problem: this.#hooks.problem,
    })
    this.#isStarting = false
    if (!main) {
      this.#hooks.count('journal did not open')
      process.isAlive = false
      world.scheduler.at(5_000, 'start again', () => void this.start(), world.scheduler.harness)
      return
    }
    this.main = main
    void main.sync.authorise(PASSPHRASE)
    main.sync.start()
    await this.startWindow()
  }

  async startWindow(): Promise<void> {
    const { main } = this
    if (!main) return
    const process = new Process(`c${this.n}.window${++this.#starts}`, this.clock)
    this.databases = endConnections(this.databases)
    const windowBridge = new WindowBridge(process, main, this.#keys)
    this.#isOpening = true
    windows.set(process, { api: windowBridge.api, indexedDB: this.databases })
    await new Promise<void>((resolve) => {
      world.scheduler.at(1, 'open window', () => void this.#openWindow(process, windowBridge).then(resolve), process)
    })
  }

  async #openWindow(process: Process, windowBridge: WindowBridge): Promise<void> {
    this.#opening = process
    const opened = await openReplica(this.#state(), { onStorage: (error) => void this.storageErrors.push(error) })
    this.#isOpening = false
    if (!opened.ok) {
      this.#hooks.count('window did not open')
      world.scheduler.at(5_000, 'open window again', () => void this.startWindow(), this.main?.process)
      return
    }
    const session = opened.value
    if (this.#hooks.doesDatabaseRefuse) refusing(session.db, this.#hooks.count)
    this.window = { process, session }
    this.#bridge = windowBridge
    windowBridge.on('event:sync-changed', (({ isBehind }: { isBehind: boolean }) => isBehind && session.requestSync()) as never) // renderer/app/connect-main.ts
    windowBridge.on('event:sync-page', ((page: Parameters<typeof session.receivePage>[0]) => session.receivePage(page)) as never)
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
    else if (call.name === 'contact/log') this.unsaved.push(call.args.id)
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
    for (const process of this.#locked.splice(0)) process.isAlive = false
    this.#isStarting = false
    this.#isLocking = false
    this.crashWindow()
    this.main = null
    this.disk.crash(isPowerCut)
    this.#network.cutAll(this.n)
  }

  /** The window is gone and main has closed what needs its keys, as main/session/open-session.ts does; answers under way find nobody. */
  lock(): void {
    const { main } = this
    this.crashWindow()
    this.main = null
    if (!main) return
    this.#locked.push(main.process)
    const close = async () => {
      main.sync.stop()
      await main.journal.close()
      await main.heads.close()
      main.store.close()
      this.#isLocking = false
    }
    this.#isLocking = true
    world.scheduler.at(0, 'lock', () => void close(), main.process)
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
    this.#bridge = null
    if (this.#opening) this.#opening.isAlive = false
    this.#isOpening = false
    if (!window) return
    window.process.isAlive = false
    const { main } = this
    if (main) world.scheduler.at(0, 'page gone', () => main.journal.letGo(), main.process) // main/windows/main-window.ts
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
}
