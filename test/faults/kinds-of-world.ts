/** The line, the disk, the clock, and a server that comes out of a backup. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { type NetworkFault, networkFaults } from './faulty-proxy.ts'
import type { LedgerLine } from './ledger.ts'
import { shiftClock } from './page-door.ts'
import { work } from './work.ts'

const net =
  (fault: NetworkFault): FaultKind =>
  async (run) => {
    for (let i = 0; i < run.rounds(3); i++) {
      const before = run.firm.proxy.faultCount
      run.firm.proxy.set(fault)
      await work(run.firm, run.ledger, 14)
      await sleep(2_000)
      run.incidents += run.firm.proxy.faultCount - before
      run.firm.proxy.set('none')
      await sleep(500)
    }
  }

/** Goes and comes back, again and again, in the middle of everything. */
const flapping: FaultKind = async (run) => {
  const meanwhile = async () => {
    for (let i = 0; i < 10; i++) {
      run.firm.proxy.set(i % 2 === 0 ? 'down' : 'none')
      run.incidents++
      await sleep(Math.floor(run.random() * 900))
    }
    run.firm.proxy.set('none')
  }
  await work(run.firm, run.ledger, 40, { meanwhile })
}

const DISK_MIB = 40

/** Somebody whose work is not saved hears of it within five seconds of asking, however many others wait. */
const isLate = ({ told, tookMs }: LedgerLine): boolean => told === 'not-saved' && tookMs > 5_000

const hangOf = ({ told, tookMs }: LedgerLine): string => (told === 'unknown' ? 'no answer' : `not saved, said after ${tookMs} ms`)

/** The laptop's data on a small file system of its own, filled to different points while people save. */
const fullDisk: FaultKind = async (run) => {
  const disk = join(run.firm.folder, 'disk')
  mkdirSync(disk)
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'rapport-faults', disk], { encoding: 'utf8' })
  if (mounted.status !== 0) throw new Error(`A small file system cannot be mounted here (root only): ${mounted.stderr}`)
  run.firm.cleanUps.push(() => spawnSync('umount', ['-l', disk]))
  await run.firm.closeApp()
  run.firm.useFolder(join(disk, 'laptop'))
  await run.firm.launch()
  const filler = join(disk, 'filler')
  for (let i = 0; i < run.rounds(4); i++) {
    const { bavail, bsize } = statfsSync(disk)
    const leftBytes = Math.floor(run.random() * 200_000)
    fill(filler, Math.max(0, bavail * bsize - leftBytes))
    const before = run.ledger.lines.length
    await work(run.firm, run.ledger, 8, { noteBytes: 9_000 })
    if (run.ledger.lines.slice(before).some((line) => line.told === 'not-saved')) run.incidents++
    if (run.firm.isAppAlive())
      run.hangs.push(
        ...run.ledger.lines
          .slice(before)
          .filter((line) => line.told === 'unknown' || isLate(line))
          .map(hangOf),
      )
    if (run.random() < 0.5) await run.firm.killApp()
    rmSync(filler)
    if (!run.firm.isAppAlive()) await run.firm.launch()
    await work(run.firm, run.ledger, 2)
    await mustSaveAgain(run)
  }
}

/** The app writes meanwhile: what it takes is no longer there for the filler. */
function fill(path: string, bytes: number): void {
  try {
    writeFileSync(path, Buffer.alloc(bytes))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

/** With room again saving has to work: as a rule at once, otherwise when the person does what the message says last and starts the app anew. */
async function mustSaveAgain(run: FaultRun): Promise<void> {
  if (await savesAgain(run)) return
  run.restarts++
  await run.firm.closeApp()
  await run.firm.launch()
  if (!(await savesAgain(run))) run.hangs.push('saves no more, though there is room again and the app was started anew')
}

async function savesAgain(run: FaultRun): Promise<boolean> {
  for (let tries = 0; tries < 3; tries++) {
    const before = run.ledger.count('saved')
    await work(run.firm, run.ledger, 2)
    if (run.ledger.count('saved') > before) return true
    await sleep(1_000)
  }
  return false
}

const YEARS_MS = 10 * 365.25 * 86_400_000

const clockOfApp: FaultKind = async (run) => {
  for (const aheadMs of [YEARS_MS, -YEARS_MS, 0]) {
    const { app } = run.firm
    if (!app) return
    await work(run.firm, run.ledger, 6, { meanwhile: () => shiftClock(app.electron, app.page, aheadMs) })
    run.incidents++
    await work(run.firm, run.ledger, 4)
    if (aheadMs !== 0) {
      await run.firm.killApp()
      await run.firm.launch((next) => (run.random() < 0.5 ? shiftClock(next.electron, next.page, aheadMs) : Promise.resolve()))
      await work(run.firm, run.ledger, 4)
    }
  }
}

const clockOfServer: FaultKind = async (run) => {
  for (const aheadMs of [YEARS_MS, 0, 3 * 3_600_000, -3 * 3_600_000, 0]) {
    await run.firm.server.kill()
    run.firm.clockAheadMs = aheadMs
    await run.firm.startServer()
    run.incidents++
    await run.firm.comeToRest()
    await work(run.firm, run.ledger, 8)
  }
}

/** More work after the backup, some of it unsent, and the server is gone. */
const restored: FaultKind = async (run) => {
  await work(run.firm, run.ledger, 10)
  await run.firm.comeToRest()
  const file = join(run.firm.folder, 'faults.backup')
  run.firm.backUp(file)
  await work(run.firm, run.ledger, 14)
  if (run.random() < 0.6) await run.firm.comeToRest()
  if (run.random() < 0.5) await run.firm.killApp()
  const isAppOff = !run.firm.isAppAlive()
  const offline = isAppOff ? Promise.resolve() : work(run.firm, run.ledger, 10)
  await run.firm.restoreElsewhere(file)
  await offline
  run.incidents++
  if (isAppOff) await run.firm.launch()
  await run.firm.comeToRest()
  await work(run.firm, run.ledger, 6)
}

const netKinds = Object.fromEntries(networkFaults.map((fault) => [`net ${fault}`, net(fault)]))

export const worldKinds: Readonly<Record<string, FaultKind>> = {
  ...netKinds,
  'net flapping': flapping,
  'full disk': fullDisk,
  'clock of app': clockOfApp,
  'clock of server': clockOfServer,
  'server restored': restored,
}
