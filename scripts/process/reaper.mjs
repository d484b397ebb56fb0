/**
 * Ends what a script has started when the script cannot do so itself any more, because it was killed. Standard input is a pipe from
 * the script, which closes with it; a line names a process that began (`+pid`) or that has ended (`-pid`). First argument: how long one
 * may take to end when asked, in milliseconds.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { endNow } from './end-now.mjs'

const graceMs = Number(process.argv[2])
/** @type {Set<number>} */
const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined) // they are for the script, which says when it is over

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1))
  if (line.startsWith('+')) running.add(pid)
  else running.delete(pid)
}
for (const pid of [...running].reverse()) {
  signal(pid, 'SIGTERM')
  for (let waitedMs = 0; waitedMs < graceMs && isAlive(pid); waitedMs += 50) await sleep(50)
  endNow(pid)
}

/** @param {number} pid One that has ended and that nobody asks after is gone. */
function isAlive(pid) {
  if (!signal(pid, 0)) return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
  } catch {
    return process.platform !== 'linux'
  }
}

/** @param {number} pid @param {NodeJS.Signals | 0} name @returns {boolean} whether there was somebody to hear it */
function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
