/**
 * `npm run sim -- --seeds N [--seed S] [--json FILE]`: plays N seeds of the simulated firm, from seed S (1) on.
 *   --keep 1,5,9   only these steps of seed S, as a failure's report names them
 *   --log FILE     everything that happened in one seed, line by line
 *   --kept         the plans that failed once (test/sim/kept)
 *   --save NAME    keeps seed S, or what --keep leaves of it, among them; --showed TEXT says what it showed
 * docs/simulation.md says what is simulated and how to read a failure.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startProcess, stopAllOnSignal } from './process/child-process.mjs'
import { secondsSince } from './process/progress.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
    keep: { type: 'string' },
    log: { type: 'string' },
    save: { type: 'string' },
    showed: { type: 'string' },
    kept: { type: 'boolean', default: false },
  },
})
stopAllOnSignal()
await setUp()
process.exitCode = await simulate()

async function simulate() {
  const seeds = Number(values.seeds)
  const first = Number(values.seed)
  const startedMs = performance.now()
  const workers = Math.max(1, Math.min(2, availableParallelism(), seeds))
  const folder = mkdtempSync(join(tmpdir(), 'rapport-sim-'))
  const runs = Array.from({ length: workers }, (_, i) => {
    const report = join(folder, `${i}.json`)
    const args = ['--seed', String(first + i), '--seeds', String(seeds - i), '--stride', String(workers), '--json', report]
    for (const name of /** @type {const} */ (['keep', 'log', 'save', 'showed'])) if (values[name] !== undefined) args.push(`--${name}`, values[name])
    if (values.kept) args.push('--kept')
    const { exited } = startProcess('sim', projectNode, ['--max-semi-space-size=64', inProject('test', 'sim', 'play.ts'), ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    return exited.then(() => JSON.parse(readFileSync(report, 'utf8')))
  })
  const reports = await Promise.all(runs)
  rmSync(folder, { recursive: true, force: true })
  const total = merge(reports)
  for (const [kind, count] of Object.entries(total.counts)) console.log(`${kind.padEnd(40)} ${count}`)
  const faults = Object.entries(total.faults).sort(([, a], [, b]) => a - b)
  const seen = faults.filter(([, count]) => count > 0)
  console.log(
    `faults: ${seen.length} of ${faults.length} kinds happened; least often ${faults
      .slice(0, 4)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
  )
  console.log(`sim: ${total.played} seeds from ${first} on, ${total.failed} failed, ${secondsSince(startedMs)}`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ firstSeed: first, ...total }, null, 2)}\n`)
  return total.failed === 0 ? 0 : 1
}

/** @param {readonly any[]} reports one of each process */
function merge(reports) {
  /** @type {Record<string, number>} */
  const counts = {}
  /** @type {Record<string, number>} */
  const faults = {}
  for (const report of reports) for (const [kind, n] of Object.entries(report.faults)) faults[kind] = (faults[kind] ?? 0) + Number(n)
  for (const report of reports) for (const [kind, n] of Object.entries(report.counts)) counts[kind] = (counts[kind] ?? 0) + Number(n)
  const sorted = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    played: reports.reduce((sum, report) => sum + report.played, 0),
    failed: reports.reduce((sum, report) => sum + report.failed, 0),
    failures: reports.flatMap((report) => report.failures),
    hashes: Object.assign({}, ...reports.map((report) => report.hashes)),
    counts: sorted,
    faults,
  }
}
