/** One run's world: server and database, the faulty line, and one laptop. Everything it starts ends with it. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRunning } from '../../server/db/embedded/find-running.ts'
import { type Db, openDatabase } from '../../server/db/open-database.ts'
import type { FaultPoint } from '../../shared/testing/fault-point.ts'
import { copyFirm } from '../support/firm-template.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { passphrase, people } from '../support/people.ts'
import { endProcess, isAlive } from '../support/processes.ts'
import { appFolder, projectNode } from '../support/project.ts'
import { launchApp, type RapportApp } from '../support/rapport-app.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { waitFor } from '../support/wait-for.ts'
import { FaultyProxy } from './faulty-proxy.ts'
import { installDoor, readPage, signInAgain, untilDoorIsOpen } from './page-door.ts'

/** Twenty households: enough for several pages, and quickly there. */
const SCALE = 0.05
const BACKUP_PASSPHRASE = 'the passphrase of the faults'
/** From the passphrase to rows on the screen, on a machine that others use too. */
const OPEN_WITHIN_MS = 120_000

export class FaultFirm {
  readonly folder: string
  readonly random: () => number
  readonly proxy: FaultyProxy
  readonly proxyUrl: string
  dataDir: string
  server: TestServer
  app: RapportApp | undefined
  clockAheadMs = 0 // of the server
  readonly cleanUps: (() => unknown)[] = []
  readonly #port: number
  #userData: string
  #isOver = false // a run that took too long goes on in the background: it starts nothing any more

  private constructor(folder: string, random: () => number, server: TestServer, proxy: FaultyProxy, proxyUrl: string) {
    this.folder = folder
    this.random = random
    this.server = server
    this.dataDir = server.dataDir
    this.proxy = proxy
    this.proxyUrl = proxyUrl
    this.#port = Number(new URL(server.url).port)
    this.#userData = join(folder, 'laptop')
    mkdirSync(this.#userData)
  }

  static async open(random: () => number): Promise<FaultFirm> {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-faults-'))
    const dataDir = join(folder, 'server')
    await copyFirm(dataDir, SCALE)
    const server = await startTestServer({ dataDir, ...serverOptions(folder, 0) })
    const proxy = new FaultyProxy(Number(new URL(server.url).port), random)
    return new FaultFirm(folder, random, server, proxy, await proxy.start())
  }

  get userData(): string {
    return this.#userData
  }

  /** The laptop's data on another file system, before its first start. */
  useFolder(path: string): void {
    this.#userData = path
  }

  get page(): RapportApp['page'] {
    if (!this.app) throw new Error('the app is not running')
    return this.app.page
  }

  /** Starts the app; whoever used it before unlocks it, or signs in. `arm` runs before that. */
  async launch(arm: (app: RapportApp) => Promise<unknown> = async () => undefined): Promise<RapportApp> {
    this.#mustGoOn()
    const app = await launchApp({ userData: this.#userData, serverUrl: this.proxyUrl, env: { RAPPORT_E2E_QUIT: '1', RAPPORT_IDLE_LOCK_SECONDS: '3600' } })
    this.app = app
    if (this.#isOver) await this.killApp()
    this.#mustGoOn()
    await installDoor(app.electron, app.page)
    await arm(app)
    await app.page.getByTestId('unlock-passphrase').or(app.page.getByTestId('sign-in-email')).first().waitFor({ timeout: 30_000 })
    if ((await app.page.getByTestId('unlock-passphrase').count()) > 0) await sessionPage(app).unlock(passphrase)
    else await sessionPage(app).signIn(people.advisor)
    const ended = waitFor('the app to show its rows', () => (isAlive(app.pid) ? undefined : true), { withinMs: OPEN_WITHIN_MS, everyMs: 100 })
    const gone = ended.then(() => Promise.reject(new Error('the app ended')))
    gone.catch(() => undefined)
    await Promise.race([untilDoorIsOpen(app.page), gone])
    return app
  }

  isAppAlive = (): boolean => this.app !== undefined && isAlive(this.app.pid)

  /** The app with an open window, as whoever sits before it would have it in the end: main opens another one by itself, or it is started again. */
  async ensureApp(): Promise<void> {
    for (const page of this.isAppAlive() ? (this.app?.electron.windows() ?? []).toReversed() : []) {
      if (!(await within(25_000, untilDoorIsOpen(page)))) continue
      if (this.app) this.app = { ...this.app, page }
      return
    }
    await this.killApp()
    await this.launch()
  }

  async killApp(): Promise<void> {
    await this.app?.kill()
    this.app = undefined
  }

  async closeApp(): Promise<void> {
    await this.app?.close().catch(() => undefined)
    this.app = undefined
  }

  /** The server ends at this instant, once. */
  armServer(point: FaultPoint): void {
    writeFileSync(pointFile(this.folder), point)
  }

  /** It removes the file as it ends. */
  hasServerReached(): boolean {
    return !existsSync(pointFile(this.folder))
  }

  disarmServer(): void {
    rmSync(pointFile(this.folder), { force: true })
  }

  /** Whoever supervises the server starts it again where it has ended or no longer answers. */
  async ensureServer(): Promise<void> {
    const isWell =
      isAlive(this.server.pid) &&
      (await fetch(`${this.server.url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(
        (r) => r.ok,
        () => false,
      ))
    if (isWell) return
    await this.server.kill()
    await this.startServer()
  }

  async startServer(): Promise<void> {
    this.#mustGoOn()
    this.server = await startTestServer({ dataDir: this.dataDir, port: this.#port, ...serverOptions(this.folder, this.clockAheadMs) })
    if (this.#isOver) await this.server.kill()
    this.#mustGoOn()
  }

  #mustGoOn(): void {
    if (this.#isOver) throw new Error('the run is over')
  }

  postgresPid(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  }

  async withDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const url = findRunning(this.dataDir)
    if (url === null) throw new Error('the database is not running')
    const db = openDatabase(url, () => undefined, 2)
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  }

  backUp(path: string): void {
    this.#administrate('backup', ['--to', path])
  }

  /** The server's machine is gone; another one is made from the backup. */
  async restoreElsewhere(path: string): Promise<void> {
    await this.server.kill()
    removeFolder(this.dataDir)
    this.dataDir = join(this.folder, `server-${Date.now()}`)
    this.#administrate('restore', ['--from', path])
    await this.startServer()
  }

  #administrate(command: 'backup' | 'restore', args: readonly string[]): void {
    const env = { ...process.env, DATABASE_URL: '', RAPPORT_DATA_DIR: this.dataDir, RAPPORT_BACKUP_PASSPHRASE: BACKUP_PASSPHRASE }
    const { status, stderr } = spawnSync(projectNode, [join(appFolder, 'server', 'backup', `${command}-command.ts`), ...args], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command}: ${stderr}`)
  }

  /** Everything works again, and the laptop has told the server all it had to tell. */
  async comeToRest(): Promise<void> {
    this.proxy.set('none')
    this.disarmServer()
    await this.ensureServer()
    if (!this.isAppAlive()) await this.launch()
    try {
      await waitFor('the laptop to come to rest', () => this.#isAtRest().then((isAtRest) => (isAtRest ? true : undefined)), { withinMs: 75_000, everyMs: 300 })
    } catch (error) {
      const state = await Promise.race([readPage(this.page), new Promise<null>((done) => setTimeout(() => done(null), 3_000))]).catch(String)
      const seen = state !== null && typeof state === 'object' ? JSON.stringify({ ...state, rows: state.rows.length, pending: state.pending.slice(0, 5) }) : String(state)
      throw new Error(`${error instanceof Error ? error.message : error}; the page: ${seen}`)
    }
  }

  async #isAtRest(): Promise<boolean> {
    const { status, pending } = await readPage(this.page)
    if (status.connection === 'signInNeeded') await signInAgain(this.page, people.advisor, passphrase)
    else if (status.connection !== 'online')
      await this.page.evaluate(() => (globalThis as unknown as { api: { invoke(c: string, r: object): Promise<unknown> } }).api.invoke('sync:now', {}))
    return status.connection === 'online' && status.unsentCount === 0 && pending.every((item) => item.status === 'refused')
  }

  /** @param isKept true: a failed run's folders stay, to be looked at */
  async end(isKept: boolean): Promise<void> {
    this.#isOver = true
    if (this.app) await this.app.close().catch(() => undefined)
    if (this.app) await endProcess(this.app.pid, 'SIGKILL')
    await this.server.stop().catch(() => this.server.kill())
    await this.proxy.stop()
    if (isKept && existsSync(this.#userData)) cpSync(this.#userData, join(this.folder, 'laptop-as-it-was'), { recursive: true })
    for (const cleanUp of this.cleanUps) cleanUp()
    if (!isKept) removeFolder(this.folder)
  }
}

/** @returns whether it went well in that time */
const within = (ms: number, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
  ])

const pointFile = (folder: string): string => join(folder, 'fault-point')

const serverOptions = (folder: string, clockAheadMs: number) => ({
  readyWithinMs: 180_000, // a machine that is busy with others is no fault
  env: { RAPPORT_FAULT_FILE: pointFile(folder), RAPPORT_FAULT_CLOCK_MS: String(clockAheadMs), RAPPORT_REQUESTS_PER_SECOND: '10000' },
  nodeArgs: ['--import', join(appFolder, 'test', 'faults', 'server-side.ts')],
})

/** The folder of the window's database. */
export function findIndexedDb(userData: string): string {
  const path = join(userData, 'Partitions', 'ui', 'IndexedDB')
  if (!existsSync(path)) throw new Error(`there is no database in ${path}`)
  return path
}
