import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning } from './process-state.ts'

/** Where the embedded PostgreSQL of a server that is running right now listens, with its password; null = it is not running. */
export function findRunning(dataDir: string): string | null {
  const folder = join(dataDir, 'postgres')
  const pidFile = join(folder, 'data', 'postmaster.pid')
  if (!existsSync(pidFile) || !existsSync(join(folder, 'password'))) return null
  const [pid = '', , , port = ''] = readFileSync(pidFile, 'utf8').split('\n')
  if (!isRunning(Number(pid))) return null
  return `postgres://rapport:${readFileSync(join(folder, 'password'), 'utf8').trim()}@127.0.0.1:${port.trim()}/rapport`
}
