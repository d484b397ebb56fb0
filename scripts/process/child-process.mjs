/** Long-running processes that a script starts and must not leave behind. Ended by pid, and only those started here. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { endNow } from './end-now.mjs'

/** What is asked to end has this long for it. */
const GRACE_MS = 15_000

/** @typedef {{ name: string, child: import('node:child_process').ChildProcess, exited: Promise<number> }} RunningProcess */

/** @type {Set<RunningProcess>} */
const running = new Set()
let isInterrupted = false

/** Whether a signal has asked this script to end: what ends now is not started again, and why it ended is known. */
export const wasInterrupted = () => isInterrupted

/**
 * Starts a process in a process group of its own, so that Ctrl-C in the terminal reaches this script alone and it decides
 * the order in which things end.
 * @param {string} name for messages
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {RunningProcess} `exited` resolves to the exit code (1 for a signal, 127 when it cannot be started)
 * @throws {Error} once a signal has asked this script to end: nobody would stop this one
 */
export function startProcess(name, command, args, options) {
  if (isInterrupted) throw new Error(`${name} is not started any more`)
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' })
  const exited = new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  const handle = { name, child, exited }
  running.add(handle)
  const reaper = openReaper()
  reaper?.write(`+${child.pid ?? 0}\n`)
  void exited.then(() => {
    running.delete(handle)
    reaper?.write(`-${child.pid ?? 0}\n`)
  })
  return handle
}

/** @type {import('node:stream').Writable | null} */
let toReaper = null

/** The pipe to a process beside this one that ends what runs here, should this one be killed: a server and an app that nobody sees would keep their folders from the next start. */
function openReaper() {
  if (toReaper === null) {
    const reaper = spawn(process.execPath, [fileURLToPath(new URL('reaper.mjs', import.meta.url)), String(GRACE_MS)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    reaper.once('error', () => undefined) // without it all works as long as this script does
    reaper.unref()
    toReaper = reaper.stdin
    toReaper.on('error', () => undefined)
    if ('unref' in toReaper && typeof toReaper.unref === 'function') toReaper.unref()
  }
  return toReaper
}

/**
 * Asks a process to end (SIGTERM) and, when it has not within `graceMs`, ends it with everything it started.
 * @param {RunningProcess} handle
 * @param {number} [graceMs]
 */
export async function stopProcess(handle, graceMs = GRACE_MS) {
  const { child, exited } = handle
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => endNow(child.pid), graceMs)
  await exited
  clearTimeout(timer)
}

/** Stops everything still running, the last started first. */
export async function stopAllProcesses() {
  for (const handle of [...running].reverse()) await stopProcess(handle)
}

/**
 * On Ctrl-C or SIGTERM stops everything and exits with the code a shell expects. A second Ctrl-C ends all at once.
 */
export function stopAllOnSignal() {
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      if (isInterrupted) for (const { child } of running) endNow(child.pid)
      isInterrupted = true
      void stopAllProcesses().finally(() => setImmediate(() => process.exit(code))) // whoever waited for them has its say first
    })
  }
}
