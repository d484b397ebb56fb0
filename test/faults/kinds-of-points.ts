/** Processes that end at named instants: see `shared/testing/fault-point.ts`. */
import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FaultPoint, faultPoints } from '../../shared/testing/fault-point.ts'
import { passphrase, people } from '../support/people.ts'
import { waitFor } from '../support/wait-for.ts'
import { findIndexedDb } from './fault-firm.ts'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { ImportDesk } from './import-desk.ts'
import { armMain, armPage, signInAgain, syncNow } from './page-door.ts'
import { shuffled } from './random.ts'
import { work } from './work.ts'

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
  if (firm.isAppAlive()) await syncNow(firm.page) // after the point before, the app waits a while until it tries the server again
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
    // To its end: another one started beside it would find the folder taken. A process that is gone ends it soon.
    await run.firm.launch((app) => armMain(app.electron, point)).catch(() => undefined)
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

/** What leads the server past the instant. */
async function provokeServer(run: FaultRun, point: FaultPoint): Promise<void> {
  const { firm } = run
  if (point.startsWith('server.migrate')) await firm.server.stop().then(() => firm.startServer())
  else if (point.startsWith('server.snapshot')) await forgetDatabase(run).then(() => firm.launch())
  else if (point === 'server.session.refreshed') await firm.closeApp().then(() => firm.launch())
  if (!firm.hasServerReached() && firm.isAppAlive()) await provoke(run, point)
}

const atServerPoints: FaultKind = async (run) => {
  const { firm } = run
  for (const point of shuffled(run.random, faultPoints.server).slice(0, run.pointCount + 2)) {
    const desk = point.startsWith('server.import') ? await ImportDesk.open(firm) : null
    firm.armServer(point)
    await (desk ? desk.bringFile() : provokeServer(run, point)).catch(() => undefined)
    const isReached = await waitFor('the instant', () => (firm.hasServerReached() ? true : undefined), { withinMs: 8_000 }).catch(() => false)
    run.points.set(point, (run.points.get(point) ?? 0) + (isReached ? 1 : 0))
    if (isReached) run.incidents++
    firm.disarmServer()
    await firm.ensureServer()
    await desk?.bringAgain()
    if (!firm.isAppAlive()) await firm.launch()
  }
}

export const pointKinds = {
  'points of main': atMainPoints,
  'points of renderer': atRendererPoints,
  'points of server': atServerPoints,
} as const satisfies Record<string, FaultKind>
