/**
 * `npm run sim -- --seeds N [--seed S] [--json FILE]`: plays N seeds of the simulated firm, from seed S (1) on.
 *   --keep 1,5,9   only these steps of seed S, as a failure's report names them
 *   --log FILE     everything that happened in one seed, line by line
 *   --kept         the plans that failed once (test/sim/kept)
 *   --save NAME    keeps seed S, or what --keep leaves of it, among them; --showed TEXT says what it showed
 * Exit code 1 where a seed failed, 2 where nothing could be played, 130 after Ctrl-C, which still tells what was played. docs/simulation.md says what is simulated and how to read a failure.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { wasInterrupted } from './process/child-process.mjs'
import { secondsSince } from './process/progress.mjs'
import { runMain } from './process/run-main.mjs'
import { setUp } from './setup.mjs'
import { playShare } from './sim/play-share.mjs'
import { checkKeep, readCount, readSeed, whyNotWritable } from './sim/sim-options.mjs'

const options = /** @type {const} */ ({
  seeds: { type: 'string', default: '1' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  keep: { type: 'string' },
  log: { type: 'string' },
  save: { type: 'string' },
  showed: { type: 'string' },
  kept: { type: 'boolean', default: false },
})
/** What one process needs at most. */
const WORKER_BYTES = 1.5e9
const PROGRESS_MS = 30_000

await runMain(
  'sim',
  async () => {
    const { values } = parseArgs({ options })
    const first = readSeed(values.seed)
    const seeds = values.kept ? 1 : readCount(values.seeds, first)
    if (values.keep !== undefined) checkKeep(values.keep)
    const ofOne = /** @type {const} */ (['keep', 'log', 'save']).find((name) => values[name] !== undefined)
    if (ofOne && (seeds > 1 || values.kept)) throw new Error(`--${ofOne} is for one seed`)
    for (const file of [values.json, values.log]) {
      const why = file === undefined ? null : whyNotWritable(file)
      if (why) throw new Error(why)
    }
    await setUp()
    return simulate(values, first, seeds)
  },
  { failedCode: 2 },
)

/**
 * @param {{ json?: string, keep?: string, log?: string, save?: string, showed?: string, kept: boolean }} values
 * @param {number} first
 * @param {number} seeds
 */
async function simulate(values, first, seeds) {
  const startedMs = performance.now()
  const workers = Math.max(1, Math.min(4, availableParallelism(), Math.floor(freemem() / WORKER_BYTES), seeds))
  const folder = mkdtempSync(join(tmpdir(), 'rapport-sim-'))
  const passedOn = ['keep', 'log', 'save', 'showed'].flatMap((name) => {
    const value = values[/** @type {'keep'} */ (name)]
    return value === undefined ? [] : [`--${name}`, value]
  })
  if (values.kept) passedOn.push('--kept')
  const shares = Array.from({ length: workers }, (_, i) => playShare({ report: join(folder, `${i}.json`), first: first + i, seeds: seeds - i, stride: workers, args: passedOn }))
  const progress = setInterval(
    () => console.log(`sim: ${sumOf(shares.map((s) => s.now.played))} of ${seeds} seeds, ${sumOf(shares.map((s) => s.now.failed))} failed, ${secondsSince(startedMs)}`),
    PROGRESS_MS,
  ).unref()
  const total = merge(await Promise.all(shares.map((share) => share.report)))
  clearInterval(progress)
  rmSync(folder, { recursive: true, force: true })
  printTotal(total)
  const played = wasInterrupted() ? `interrupted after ${total.played} of ${seeds} seeds` : `${total.played} seeds`
  console.log(`sim: ${played} from ${first} on, ${total.failed} failed, ${secondsSince(startedMs)}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ firstSeed: first, ...total }, null, 2)}\n`)
  return total.failed === 0 ? 0 : 1
}

/** @param {ReturnType<typeof merge>} total */
function printTotal(total) {
  for (const [kind, count] of Object.entries(total.counts)) console.log(`${kind.padEnd(40)} ${count}`)
  const faults = Object.entries(total.faults).sort(([, a], [, b]) => a - b)
  const seen = faults.filter(([, count]) => count > 0)
  const rare = faults.slice(0, 4).map(([kind, count]) => `${kind} ${count}`)
  if (faults.length > 0) console.log(`faults: ${seen.length} of ${faults.length} kinds happened; least often ${rare.join(', ')}`)
  for (const { name, rule, command } of total.failures) console.log(`FAILED ${name} (${rule}): ${command}`)
}

/** @param {readonly number[]} numbers */
function sumOf(numbers) {
  return numbers.reduce((sum, n) => sum + n, 0)
}

/** @param {readonly import('./sim/play-share.mjs').ShareReport[]} reports one of each process */
function merge(reports) {
  const counts = addUp(reports.map((report) => report.counts))
  return {
    played: sumOf(reports.map((report) => report.played)),
    failed: sumOf(reports.map((report) => report.failed)),
    failures: reports.flatMap((report) => report.failures),
    hashes: Object.assign({}, ...reports.map((report) => report.hashes)),
    counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
    faults: addUp(reports.map((report) => report.faults)),
  }
}

/** @param {readonly Readonly<Record<string, number>>[]} parts */
function addUp(parts) {
  /** @type {Record<string, number>} */
  const sums = {}
  for (const part of parts) for (const [kind, n] of Object.entries(part)) sums[kind] = (sums[kind] ?? 0) + n
  return sums
}
