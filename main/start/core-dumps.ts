import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Linux writes the memory of a process that crashes to the disk, keys and clients' names with it, and many desktops keep
 * it for weeks. A mask of 0 leaves every part of the memory out of such a dump; it passes on to all processes that come
 * from these, the renderer's ancestors among them. Must come before there is anything to find.
 */
export function keepMemoryOutOfCoreDumps(platform: NodeJS.Platform = process.platform): void {
  if (platform !== 'linux') return // elsewhere a dump is written only where somebody has asked the system for it
  for (const pid of [process.pid, ...descendantsOf(process.pid)]) empty(pid)
}

function empty(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/coredump_filter`, '0')
  } catch {
    // gone already, or one whose memory the kernel dumps in no case
  }
}

/** Those that Chromium starts before our code runs. */
function descendantsOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => childrenOf(pid, thread))
  return [...children, ...children.flatMap(descendantsOf)]
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function childrenOf(pid: number, thread: string): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
