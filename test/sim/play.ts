import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { keptPlans, savePlan } from './kept-plans.ts'
import { faultKinds, makePlan, type Plan } from './plan.ts'
import type { SeedResult } from './run-seed.ts'
import { shrink } from './shrink.ts'
import { realNowMs, startSimulation } from './start-simulation.ts'

/**
 * One process's share of the seeds: plays `--seed`, `--seed` + `--stride` … below `--seed` + `--seeds`, and writes what it saw to `--json`.
 * With `--keep` it plays some steps of one seed only, with `--kept` the plans that failed once.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    stride: { type: 'string', default: '1' },
    keep: { type: 'string' },
    json: { type: 'string' },
    log: { type: 'string' },
    with: { type: 'string' }, // only seeds in whose plan this kind of fault is
    save: { type: 'string' }, // keeps the plan of --seed under this name
    showed: { type: 'string', default: '' }, // what it showed, with --save
    kept: { type: 'boolean', default: false },
    'stop-at-first': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const count = Number(values.seeds)
const keep = values.keep === 'none' ? [] : values.keep?.split(',').map(Number)
let isToEnd = false // what was played is told all the same
process.once('SIGTERM', () => {
  isToEnd = true
})
const play = await startSimulation()
const counts: Record<string, number> = {}
const failures: unknown[] = []
const hashes: Record<string, string> = {} // traces by seed, or by the name of a kept plan
let played = 0
let lastSeed = first
const startedMs = realNowMs()

for (const [name, plan] of plans()) {
  lastSeed = plan.seed
  process.send?.({ played, failed: failures.length, seed: lastSeed })
  const result = await play(plan, { keepLog: values.log !== undefined, ...(keep ? { keep } : {}) })
  played++
  hashes[name] = result.traceHash
  for (const [kind, n] of Object.entries(result.counts)) counts[kind] = (counts[kind] ?? 0) + n
  if (values.log !== undefined) writeFileSync(values.log, result.log.join(''))
  if (count === 1) console.log(`${name}: ${result.steps.length} steps, ${result.stepCount} tasks, trace ${result.traceHash.slice(0, 16)}, quiet after ${result.quietAfterMs} ms`)
  if (values.save !== undefined) savePlan(values.save, values.showed, { ...plan, steps: result.steps })
  if (result.violations.length > 0) {
    failures.push(await report(name, plan, result))
    if (values['stop-at-first']) break
  }
  if (isToEnd) break
}
const summary = {
  played,
  lastSeed,
  hashes,
  failed: failures.length,
  seconds: (realNowMs() - startedMs) / 1000,
  failures,
  counts,
  faults: Object.fromEntries(faultKinds.map((kind) => [kind, counts[kind] ?? 0])),
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(summary))
process.exit(failures.length > 0 ? 1 : 0)

function* plans(): Iterable<readonly [name: string, plan: Plan]> {
  if (values.kept) {
    for (const { name, plan } of keptPlans()) yield [name, plan]
    return
  }
  for (let seed = first; seed < first + count; seed += Number(values.stride)) {
    const plan = makePlan(seed)
    if (values.with === undefined || plan.steps.some((step) => step.kind === values.with)) yield [`seed ${seed}`, plan]
  }
}

/** The failure in as few steps as it takes, with the one command that shows it again. */
async function report(name: string, plan: Plan, { seed, violations, steps }: SeedResult) {
  const rule = violations[0]?.split(':')[0] ?? ''
  const isStill = async (kept: readonly number[]) => !isToEnd && (await play(plan, { keep: kept })).violations.some((v) => v.startsWith(`${rule}:`))
  const all = steps.map((step) => step.index)
  const kept = values['no-shrink'] ? all : await shrink(all, isStill)
  const command = values.kept ? 'npm run sim -- --kept' : `npm run sim -- --seed ${seed} --keep ${kept.join(',') || 'none'}`
  const left = steps.filter((step) => kept.includes(step.index)).map((step) => `${step.kind}@${(step.atMs / 1000).toFixed(1)}s/${step.client + 1}`)
  console.log(`${name} FAILED, ${rule}\n  ${violations.map((v) => v.slice(0, 300)).join('\n  ')}\n  steps: ${left.join(' ')}\n  again, at commit ${commit()}: ${command}`)
  return { name, seed, rule, violations, command, steps: left }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}
