/**
 * Loaded into the server's process by `--import`, never by the server itself: ends it at the instant that a file names,
 * and puts its clock forward or back.
 */
import { readFileSync, rmSync } from 'node:fs'

const file = process.env['RAPPORT_FAULT_FILE'] ?? ''
const aheadMs = Number(process.env['RAPPORT_FAULT_CLOCK_MS'] ?? 0)

if (aheadMs !== 0) {
  const now = Date.now.bind(Date)
  Date.now = () => now() + aheadMs
}

const readWanted = (): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

Object.assign(globalThis, {
  rapportFaultPoint(point: string): void {
    if (readWanted() !== point) return
    rmSync(file, { force: true }) // once, and not again after the restart
    process.kill(process.pid, 'SIGKILL')
  },
})
