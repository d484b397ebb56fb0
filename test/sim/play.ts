import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { makePlan } from './plan.ts'
import type { SeedResult } from './run-seed.ts'
import { shrink } from './shrink.ts'
import { realNowMs, startSimulation } from './start-simulation.ts'

/**
 * One process's share of the seeds: plays `--seed`, `--seed` + `--stride` … below `--seed` + `--seeds`, and writes what it saw to `--json`.
 * With `--keep` it plays some steps of one seed only.
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
    'stop-at-first': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const count = Number(values.seeds)
const stride = Number(values.stride)
const keep = values.keep?.split(',').filter(Boolean).map(Number)
const play = await startSimulation()
const counts: Record<string, number> = {}
const failures: unknown[] = []
const hashes: Record<number, string> = {} // traces by seed
let played = 0
let lastSeed = first
const startedMs = realNowMs()

for (let seed = first; seed < first + count; seed += stride) {
  if (values.with !== undefined && !makePlan(seed).steps.some((step) => step.kind === values.with)) continue
  lastSeed = seed
  const result = await play(seed, { keepLog: values.log !== undefined, ...(keep ? { keep } : {}) })
  played++
  hashes[seed] = result.traceHash
  for (const [kind, n] of Object.entries(result.counts)) counts[kind] = (counts[kind] ?? 0) + n
  if (values.log !== undefined) writeFileSync(values.log, result.log.join(''))
  if (count === 1)
    console.log(`seed ${seed}: ${result.steps.length} steps, ${result.stepCount} tasks, trace ${result.traceHash.slice(0, 16)}, quiet after ${result.quietAfterMs} ms`)
  if (result.violations.length > 0) {
    failures.push(await report(result))
    if (values['stop-at-first']) break
  }
}
const summary = { played, lastSeed, hashes, failed: failures.length, seconds: (realNowMs() - startedMs) / 1000, failures, counts }
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(summary))
process.exit(failures.length > 0 ? 1 : 0)

/** The failure in as few steps as it takes, with the one command that shows it again. */
async function report({ seed, violations, steps }: SeedResult) {
  const rule = violations[0]?.split(':')[0] ?? ''
  const isStill = async (kept: readonly number[]) => (await play(seed, { keep: kept })).violations.some((v) => v.startsWith(`${rule}:`))
  const all = steps.map((step) => step.index)
  const kept = values['no-shrink'] ? all : await shrink(all, isStill)
  const command = `npm run sim -- --seed ${seed} --keep ${kept.join(',')}`
  const left = steps.filter((step) => kept.includes(step.index)).map((step) => `${step.kind}@${(step.atMs / 1000).toFixed(1)}s/${step.client + 1}`)
  console.log(`seed ${seed} FAILED, ${rule}\n  ${violations.map((v) => v.slice(0, 300)).join('\n  ')}\n  steps: ${left.join(' ')}\n  again, at commit ${commit()}: ${command}`)
  return { seed, rule, violations, command, steps: left }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}
