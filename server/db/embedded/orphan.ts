import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './process-state.ts'

/** Whether the process is a postgres of this cluster; where the system does not tell, its being alive decides. */
function isPostgresOf(pid: number, clusterDir: string): boolean {
  if (!isRunning(pid)) return false
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return (command[0] ?? '').includes('postgres') && command.includes(clusterDir)
  } catch {
    return process.platform !== 'linux'
  }
}

/**
 * Asked to stop in the middle of its own crash recovery, PostgreSQL 18 can wait for ever with its I/O workers. SIGQUIT ends it then as
 * a power cut would: what was committed is in its log, and the next start recovers from that.
 */
export const PATIENCE_MS = 15_000

async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  for (let waited = 0; waited < ms && isRunning(pid); waited += 50) await sleep(50)
  return !isRunning(pid)
}

/**
 * Stops a PostgreSQL that outlived its server (killed with SIGKILL), and removes a pid file whose number now belongs
 * to some other process, which would keep PostgreSQL from starting.
 */
export async function stopOrphan(clusterDir: string, patienceMs = PATIENCE_MS): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  if (!isPostgresOf(pid, clusterDir)) return rmSync(pidFile, { force: true })
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (isRunning(pid)) process.kill(pid, signal)
    if (await isGoneWithin(pid, patienceMs)) return
  }
  throw new Error(`A PostgreSQL (process ${pid}) of an earlier run does not stop; stop it by hand.`)
}
