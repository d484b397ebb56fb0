/** Processes that are killed or held at instants that chance chooses. */
import { setTimeout as sleep } from 'node:timers/promises'
import { childrenOf, familyOf, isAlive, readOfProcess, signalProcess } from '../support/processes.ts'
import { waitFor } from '../support/wait-for.ts'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { untilDoorIsOpen } from './page-door.ts'
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
    await killWhile(run, () => pid > 0 && signalProcess(pid, 'SIGKILL'))
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
    await killWhile(run, () => signalProcess(run.firm.postgresPid(), 'SIGKILL'))
    await waitFor('the server to follow its database', () => (isAlive(run.firm.server.pid) ? undefined : true), { withinMs: 20_000 }).catch(() => undefined)
    await run.firm.ensureServer()
  }
}

/** One of PostgreSQL's processes: it then throws out all others and recovers by itself. */
const killBackend: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(4); i++) {
    await killWhile(run, () => {
      const backends = childrenOf(run.firm.postgresPid()).filter((pid) => readOfProcess(pid, 'cmdline').includes('rapport rapport'))
      const victim = backends[Math.floor(run.random() * backends.length)]
      if (victim !== undefined) signalProcess(victim, 'SIGKILL')
    })
    await run.firm.ensureServer()
  }
}

/** Held for seconds, as by a laptop's sleep or a machine out of memory, then let go on. */
const hold =
  (pidsOf: (run: FaultRun) => Promise<readonly number[]> | readonly number[]): FaultKind =>
  async (run) => {
    for (let i = 0; i < run.rounds(3); i++) {
      const pids = await pidsOf(run)
      const meanwhile = async () => {
        await someTime(run, 500)
        for (const pid of pids) signalProcess(pid, 'SIGSTOP')
        await sleep(1_000 + Math.floor(run.random() * 3_000))
        for (const pid of pids) signalProcess(pid, 'SIGCONT')
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

/** Whoever chance meets: main, renderer, network and GPU process of the app, the server, PostgreSQL and its processes. Killed, or held for seconds. */
const anyProcess: FaultKind = async (run) => {
  for (let i = 0; i < run.rounds(6); i++) {
    const meanwhile = async () => {
      await someTime(run, 900)
      const victims = listVictims(run)
      const victim = victims[Math.floor(run.random() * victims.length)] ?? run.firm.server.pid
      run.incidents++
      if (run.random() < 0.6) return void signalProcess(victim, 'SIGKILL')
      signalProcess(victim, 'SIGSTOP')
      await sleep(500 + Math.floor(run.random() * 3_500))
      signalProcess(victim, 'SIGCONT')
    }
    await work(run.firm, run.ledger, 10, { meanwhile })
    await run.firm.ensureServer()
    await run.firm.ensureApp()
  }
}

/** Without its zygotes the app cannot open another window: nothing to be seen there but a restart. */
function listVictims({ firm }: FaultRun): readonly number[] {
  const ofApp = firm.isAppAlive() && firm.app ? familyOf(firm.app.pid).filter((pid) => !readOfProcess(pid, 'cmdline').includes('--type=zygote')) : []
  const postgres = firm.postgresPid()
  return [...ofApp, firm.server.pid, postgres, ...childrenOf(postgres)]
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
  'any process': anyProcess,
} as const satisfies Record<string, FaultKind>
