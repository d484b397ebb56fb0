import { readFileSync } from 'node:fs'

/** What stands behind the name in `stat` (proc(5)): state, parent, … null = the system does not tell. */
function statFieldsOf(pid: number): readonly string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

/** One that has ended and waits for its parent to notice, which in a container may be for ever, does not run. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return statFieldsOf(pid)?.[0] !== 'Z'
}

/** When a process began, in the kernel's ticks: with the pid it names one process for ever. '' where the system does not tell. */
export const startedAt = (pid: number): string => statFieldsOf(pid)?.[19] ?? ''
