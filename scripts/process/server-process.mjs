/** Starts the Rapport server from source and waits until it takes requests. */
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { artifactsFolder, inProject, projectNode, projectRoot } from '../project-paths.mjs'
import { startProcess, stopProcess } from './child-process.mjs'
import { serverEnv, serverSwitches } from './server-switches.mjs'

/** First start creates a database and the sample firm in it; later ones take seconds. */
const READY_WITHIN_MS = 180_000

/**
 * @param {{ env?: Record<string, string>, logName?: string, readyWithinMs?: number, onLine?: (line: string) => void }} [options]
 *   env: added to this process's own. onLine: told of each line of its log
 * @returns {Promise<{ url: string, exited: Promise<number>, stop: () => Promise<void> }>}
 * @throws {Error} with the end of the server's log when it ends or stays silent before it is ready
 */
export async function startServer({ env = {}, logName = 'server.log', readyWithinMs = READY_WITHIN_MS, onLine } = {}) {
  mkdirSync(artifactsFolder, { recursive: true })
  const logPath = join(artifactsFolder, logName)
  const log = createWriteStream(logPath)
  const handle = startProcess('server', projectNode, [...serverSwitches, inProject('server', 'server.ts')], {
    cwd: projectRoot,
    env: { ...process.env, ...serverEnv, RAPPORT_SAMPLE: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { child, exited } = handle
  /** @type {string[]} */
  const lastLines = []
  /** @param {string} line */
  const keep = (line) => {
    log.write(`${line}\n`)
    lastLines.push(line)
    if (lastLines.length > 20) lastLines.shift()
  }
  if (!child.stdout || !child.stderr) throw new Error('The server has no output to wait on')
  createInterface({ input: child.stderr }).on('line', keep)
  const lines = createInterface({ input: child.stdout })
  try {
    const url = await new Promise((resolve, reject) => {
      lines.on('line', (line) => {
        keep(line)
        onLine?.(line)
        const readyUrl = findReadyUrl(line)
        if (readyUrl) resolve(readyUrl)
      })
      const timer = setTimeout(() => reject(new Error(`not ready after ${readyWithinMs / 1_000} s`)), readyWithinMs)
      timer.unref()
      void exited.then((code) => reject(new Error(`ended with code ${code}`)))
    })
    return { url, exited, stop: () => stopProcess(handle) }
  } catch (error) {
    await stopProcess(handle)
    throw new Error(`Server: ${error instanceof Error ? error.message : error}. Its log (${logPath}) ends with:\n${lastLines.join('\n')}`)
  }
}

/**
 * @param {string} line one line of the server's log
 * @returns {string | undefined} the address, when the line is the `server.ready` event
 */
function findReadyUrl(line) {
  if (!line.includes('"server.ready"')) return undefined
  try {
    const entry = JSON.parse(line)
    return entry.event === 'server.ready' ? entry.url : undefined
  } catch {
    return undefined
  }
}
