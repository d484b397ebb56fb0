/** Processes that are killed or held, at random instants and at named ones. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FaultPoint, faultPoints } from '../../shared/testing/fault-point.ts'
import { passphrase, people } from '../support/people.ts'
import { isAlive, waitFor } from '../support/wait-for.ts'
import { findIndexedDb } from './fault-firm.ts'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { armMain, armPage, signInAgain, syncNow, untilDoorIsOpen } from './page-door.ts'
import { shuffled } from './random.ts'
import { work } from './work.ts'

const someTime = (run: FaultRun, mostMs: number): Promise<void> => sleep(Math.floor(run.random() * mostMs))

/** Kills the process in the middle of the work, at an instant that chance chooses. */
const killWhile = async (run: FaultRun, kill: () => Promise<unknown> | unknown, mostMs = 900): Promise<void> => {
  const meanwhile = async () => {
    await someTime(run, mostMs)
    await kill()
    run.incidents++
  }
  await work(run.firm, run.ledger, 14, { meanwhile })
}

const killApp: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(4); i++) {
    await killWhile(run, () => run.firm.killApp())
    await run.firm.launch()
  }
}

/** The renderer's process is the one whose window it is; main then opens another window by itself. */
const killRenderer: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(4); i++) {
    const { app } = run.firm
    if (!app) return
    const pid = await app.electron.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId() ?? 0)
    const next = app.electron.waitForEvent('window', { timeout: 15_000 })
    await killWhile(run, () => pid > 0 && process.kill(pid, 'SIGKILL'))
    run.firm.app = { ...app, page: await next }
    await untilDoorIsOpen(run.firm.page)
  }
}

const killServer: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(4); i++) {
    await killWhile(run, () => run.firm.server.kill())
    await run.firm.ensureServer()
  }
}

const killPostgres: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(3); i++) {
    await killWhile(run, () => process.kill(run.firm.postgresPid(), 'SIGKILL'))
    await waitFor('the server to follow its database', () => (isAlive(run.firm.server.pid) ? undefined : true), { withinMs: 20_000 }).catch(() => undefined)
    await run.firm.ensureServer()
  }
}

/** One of PostgreSQL's processes: it then throws out all others and recovers by itself. */
const killBackend: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(4); i++) {
    await killWhile(run, () => {
      const backends = childrenOf(run.firm.postgresPid()).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('rapport rapport'))
      const victim = backends[Math.floor(run.random() * backends.length)]
      if (victim !== undefined) process.kill(victim, 'SIGKILL')
    })
    await run.firm.ensureServer()
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent
      } catch {
        return false // it has ended meanwhile
      }
    })
}

/** Held for seconds, as by a laptop's sleep or a machine out of memory, then let go on. */
const hold =
  (pidsOf: (run: FaultRun) => Promise<readonly number[]> | readonly number[]): FaultKind =>
  async (run) => {
    for (let i = 0; i < run.rounds(3); i++) {
      const pids = await pidsOf(run)
      const meanwhile = async () => {
        await someTime(run, 500)
        for (const pid of pids) process.kill(pid, 'SIGSTOP')
        await sleep(1_000 + Math.floor(run.random() * 3_000))
        for (const pid of pids) process.kill(pid, 'SIGCONT')
        run.incidents++
      }
      await work(run.firm, run.ledger, 14, { meanwhile })
    }
  }

const holdApp = hold(async ({ firm }) => {
  const renderer = await firm.app?.electron.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.getOSProcessId() ?? 0)
  return [firm.app?.pid ?? 0, renderer ?? 0].filter((pid) => pid > 0)
})
const holdServer = hold(({ firm }) => [firm.server.pid])
const holdPostgres = hold(({ firm }) => childrenOf(firm.postgresPid()))

/** What has to happen so that an instant is reached at all. */
async function provoke(run: FaultRun, point: FaultPoint): Promise<void> {
  const { firm } = run
  if (point === 'renderer.reset.done') {
    await firm.withDb((db) => db.updateTable('head').set({ epoch: crypto.randomUUID() }).execute())
    await syncNow(firm.page)
  }
  if (point === 'server.session.signed-in') await signInAgain(firm.page, people.advisor, passphrase).catch(() => undefined)
  if (point.startsWith('server.session') || point.startsWith('main.session') || point.startsWith('main.file'))
    await signInAgain(firm.page, people.advisor, passphrase).catch(() => undefined)
  if (firm.isAppAlive()) await work(firm, run.ledger, 4)
  await sleep(300)
}

/** Fetching everything anew passes the instants of the snapshot. */
async function forgetDatabase(run: FaultRun): Promise<void> {
  await run.firm.killApp()
  rmSync(findIndexedDb(run.firm.userData), { recursive: true, force: true })
}

const atMainPoints: FaultKind = async (run) => {
  for (const point of shuffled(run.random, faultPoints.main).slice(0, run.pointCount)) {
    await run.firm.closeApp()
    await Promise.race([run.firm.launch((app) => armMain(app.electron, point)).catch(() => undefined), sleep(2_000).then(() => untilAppIsGone(run))])
    if (run.firm.isAppAlive()) await provoke(run, point).catch(() => undefined)
    await afterPoint(run, point)
  }
}

const atRendererPoints: FaultKind = async (run) => {
  for (const point of shuffled(run.random, faultPoints.renderer).slice(0, run.pointCount)) {
    if (/snapshot|scope/.test(point)) await forgetDatabase(run)
    else await run.firm.closeApp()
    let reached = (): void => undefined
    const isReached = new Promise<void>((done) => {
      reached = done
    })
    const isAfterLoading = /save|settle|reset/.test(point)
    const arm = async (): Promise<void> => {
      run.firm.page.on('console', (message) => message.text() === 'fault-point-reached' && reached())
      await armPage(run.firm.page, point)
    }
    const going = (
      isAfterLoading
        ? run.firm
            .launch()
            .then(arm)
            .then(() => provoke(run, point))
        : run.firm.launch(arm).then(() => provoke(run, point))
    ).catch(() => undefined)
    await Promise.race([isReached, sleep(25_000)])
    await run.firm.killApp()
    await going
    await afterPoint(run, point, await Promise.race([isReached.then(() => true), sleep(1).then(() => false)]))
  }
}

const untilAppIsGone = (run: FaultRun, withinMs = 60_000): Promise<unknown> =>
  waitFor('the end of the app', () => (run.firm.isAppAlive() ? undefined : true), { withinMs }).catch(() => undefined)

async function afterPoint(run: FaultRun, point: FaultPoint, hasHeldStill?: boolean): Promise<void> {
  if (hasHeldStill === undefined) await untilAppIsGone(run, 1_500)
  const isReached = hasHeldStill ?? !run.firm.isAppAlive()
  run.points.set(point, (run.points.get(point) ?? 0) + (isReached ? 1 : 0))
  if (isReached) run.incidents++
  if (!run.firm.isAppAlive()) {
    run.firm.app = undefined
    await run.firm.launch()
  }
}

const atServerPoints: FaultKind = async (run) => {
  for (const point of shuffled(
    run.random,
    faultPoints.server.filter((name) => !name.includes('import')),
  ).slice(0, run.pointCount + 2)) {
    run.firm.armServer(point)
    const pid = run.firm.server.pid
    if (point.startsWith('server.migrate')) await run.firm.server.stop().then(() => run.firm.startServer().catch(() => undefined))
    if (point.startsWith('server.snapshot')) await forgetDatabase(run).then(() => run.firm.launch().catch(() => undefined))
    if (point === 'server.session.refreshed') await run.firm.closeApp().then(() => run.firm.launch())
    if (run.firm.isAppAlive()) await provoke(run, point).catch(() => undefined)
    const isReached = !isAlive(pid) || point.startsWith('server.migrate')
    run.points.set(point, (run.points.get(point) ?? 0) + (isReached ? 1 : 0))
    if (isReached) run.incidents++
    run.firm.disarmServer()
    await run.firm.ensureServer()
    if (!run.firm.isAppAlive()) await run.firm.launch()
  }
}

export const processKinds = {
  'kill app': killApp,
  'kill renderer': killRenderer,
  'kill server': killServer,
  'kill postgres': killPostgres,
  'kill backend': killBackend,
  'hold app': holdApp,
  'hold server': holdServer,
  'hold postgres': holdPostgres,
  'points of main': atMainPoints,
  'points of renderer': atRendererPoints,
  'points of server': atServerPoints,
} as const satisfies Record<string, FaultKind>
