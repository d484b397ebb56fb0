import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * When a process began, in the kernel's ticks: with the pid it names one process for ever. '' where the system does not
 * tell, and for one that has ended and waits for its parent to notice, which in a container may be for ever.
 */
function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}

function isRunning(pid: number, since: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startedAt(pid) === since
}

/** Keeps a second server off the same folder: it would stop the database of the first. A lock whose process has ended does not count. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'server.lock')
  if (existsSync(path)) {
    const [pid = '', since = ''] = readFileSync(path, 'utf8').split(' ')
    if (Number(pid) !== process.pid && isRunning(Number(pid), since))
      throw new Error(`The server with process id ${pid} uses ${folder}. Stop it, or set RAPPORT_DATA_DIR to another folder.`)
  }
  writeFileSync(path, `${process.pid} ${startedAt(process.pid)}`)
  return () => rmSync(path, { force: true })
}
