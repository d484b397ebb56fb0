/**
 * `npm run sample -- --scale 10`: a larger sample firm, made by the server's own code in a database that is empty.
 *   --scale N     times the usual 400 households and what hangs on them; the people stay 14. 0.05 to 100, default 10
 *   --seed N      another firm of the same size; the same seed gives the same firm. Default 1
 *   --data FOLDER where its database goes. DATABASE_URL is filled instead where it is set
 */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { secondsSince } from './process/progress.mjs'
import { mustRunCommand } from './process/run-command.mjs'
import { runMain } from './process/run-main.mjs'
import { startServer } from './process/server-process.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

/** A hundredfold firm takes hours; a server that is stuck prints nothing. */
const READY_WITHIN_MS = 12 * 3_600_000

await runMain('sample', async () => makeSample(readOptions()))

/** @throws {Error} naming the option that is wrong */
function readOptions() {
  const { values } = parseArgs({ options: { scale: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' }, data: { type: 'string' } } })
  const scale = Number(values.scale)
  const seed = Number(values.seed)
  if (!(scale >= 0.05 && scale <= 100)) throw new Error(`--scale is a number from 0.05 to 100, not "${values.scale}"`)
  if (!Number.isInteger(seed) || seed < 1 || seed > 1_000_000) throw new Error(`--seed is a whole number from 1 to 1,000,000, not "${values.seed}"`)
  const base = process.getuid?.() === 0 ? '/var/lib' : join(homedir(), '.local', 'share')
  return { scale, seed, dataDir: resolve(values.data ?? join(base, `rapport-sample-x${scale}-seed${seed}`)) }
}

/** @param {{ scale: number, seed: number, dataDir: string }} options */
async function makeSample({ scale, seed, dataDir }) {
  const databaseUrl = process.env.DATABASE_URL || undefined
  await setUp()
  await refuseUsedDatabase(databaseUrl, dataDir)
  const startedMs = performance.now()
  console.log(`sample: ${Math.round(400 * scale)} households, seed ${seed}, into ${databaseUrl ? 'the database of DATABASE_URL' : dataDir} …`)
  const server = await startServer({
    logName: 'sample-server.log',
    readyWithinMs: READY_WITHIN_MS,
    onLine: showProgress(startedMs),
    env: { PORT: '0', RAPPORT_DATA_DIR: dataDir, RAPPORT_SAMPLE: '1', RAPPORT_SAMPLE_SCALE: String(scale), RAPPORT_SAMPLE_SEED: String(seed) },
  })
  await server.stop()
  console.log(`sample: done in ${secondsSince(startedMs)}. Open it with: ${databaseUrl ? 'npm start, with the same DATABASE_URL' : `RAPPORT_DATA_DIR=${dataDir} npm start`}`)
}

/**
 * @param {string | undefined} databaseUrl
 * @param {string} dataDir
 * @throws {Error} when something is in it already
 */
async function refuseUsedDatabase(databaseUrl, dataDir) {
  if (databaseUrl === undefined) {
    if (!existsSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'))) return
    throw new Error(`There is a database in ${dataDir} already, and it is left as it is. Choose another folder with --data, or remove that one yourself.`)
  }
  const { stdout } = await mustRunCommand(projectNode, [inProject('scripts', 'sample', 'count-tables.mjs')], { cwd: projectRoot })
  if (stdout.trim() !== '0') {
    throw new Error(`The database of DATABASE_URL has ${stdout.trim()} tables already, and it is left as it is. Create an empty one, and name that in DATABASE_URL.`)
  }
}

/**
 * @param {number} startedMs
 * @returns {(line: string) => void} prints the server's `sample.progress` events
 */
function showProgress(startedMs) {
  return (line) => {
    if (!line.includes('"sample.progress"')) return
    const { done, total } = JSON.parse(line)
    console.log(`sample: month ${done} of ${total}, ${secondsSince(startedMs)}`)
  }
}
