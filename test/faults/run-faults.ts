/**
 * Faults with real processes: see `npm run faults`. Prints a line a run and a table a kind; exit code 1 where anything was
 * lost, doubled, missing or unsaid, or a run did not come to rest.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type FaultPoint, faultPoints } from '../../shared/testing/fault-point.ts'
import { checkHistory, type Verdict } from './check-history.ts'
import { FaultFirm } from './fault-firm.ts'
import type { FaultKind, FaultRun } from './fault-run.ts'
import { pointKinds } from './kinds-of-points.ts'
import { processKinds } from './kinds-of-process.ts'
import { storageKinds } from './kinds-of-storage.ts'
import { worldKinds } from './kinds-of-world.ts'
import { Ledger } from './ledger.ts'
import { seeded, shuffled } from './random.ts'
import { type KindTotals, printTable, totalsOf } from './totals.ts'

const kinds: Readonly<Record<string, FaultKind>> = { ...processKinds, ...pointKinds, ...worldKinds, ...storageKinds }
/** A run that does not end is a finding too. */
const RUN_WITHIN_MS = 400_000
const POINT_WITHIN_MS = 40_000

export interface RunReport {
  readonly kind: string
  readonly seed: number
  readonly incidents: number
  readonly restarts: number
  readonly hangs: readonly string[]
  readonly seconds: number
  readonly verdict: Verdict | null
  readonly failure: string | null // the run itself broke
  readonly folder: string | null // kept where it failed
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '6' },
    seed: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' }, // kinds whose names begin so, separated by commas
    points: { type: 'string', default: '4' },
    short: { type: 'boolean', default: false }, // each kind goes wrong once or twice, for `npm test`
  },
})
const runCount = Number(values.runs)
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
const chosen = Object.keys(kinds).filter((kind) => values.only === undefined || values.only.split(',').some((start) => kind.startsWith(start)))
if (!(runCount >= 1) || !Number.isInteger(seed) || chosen.length === 0) throw new Error(`Nothing to run. Kinds: ${Object.keys(kinds).join(', ')}`)

const points = new Map<FaultPoint, number>()
const reports: RunReport[] = []
console.log(`faults: ${runCount} runs, seed ${seed}`)
const order: string[] = []
const orderRandom = seeded(seed)
while (order.length < runCount) order.push(...shuffled(orderRandom, chosen))
for (const [i, kind] of order.slice(0, runCount).entries()) {
  const report = await runOne(kind, seed + i)
  reports.push(report)
  printRun(report)
}
const totals = totalsOf(reports)
printTable(totals)
printPoints()
const failed = reports.filter(isFailed)
if (values.json)
  writeFileSync(
    values.json,
    `${JSON.stringify({ seed, counts: { passed: reports.length - failed.length, failed: failed.length }, runs: reports, totals, points: Object.fromEntries(points) }, null, 2)}\n`,
  )
for (const { kind, seed: runSeed, folder } of failed) console.log(`faults: replay with: npm run faults -- --runs 1 --seed ${runSeed} --only "${kind}"  (its folders: ${folder})`)
console.log(`faults: ${reports.length - failed.length} passed, ${failed.length} failed`)
process.exit(failed.length > 0 ? 1 : 0)

async function runOne(kind: string, runSeed: number): Promise<RunReport> {
  const random = seeded(runSeed)
  try {
    return await playRun(kind, runSeed, await FaultFirm.open(random), random)
  } catch (error) {
    const failure = `no firm: ${error instanceof Error ? error.message : error}` // the other runs still count
    return { kind, seed: runSeed, incidents: 0, restarts: 0, hangs: [], seconds: 0, verdict: null, failure, folder: null }
  }
}

async function playRun(kind: string, runSeed: number, firm: FaultFirm, random: () => number): Promise<RunReport> {
  const startedMs = performance.now()
  const run: FaultRun = {
    firm,
    ledger: new Ledger(),
    random,
    pointCount: Number(values.points),
    points,
    incidents: 0,
    restarts: 0,
    hangs: [],
    rounds: (usual) => (values.short ? Math.min(usual, 1) : usual),
  }
  let verdict: Verdict | null = null
  let failure: string | null = null
  try {
    verdict = await within(RUN_WITHIN_MS + run.pointCount * POINT_WITHIN_MS, async () => {
      await firm.launch()
      await kinds[kind]?.(run)
      await firm.comeToRest()
      return checkHistory(firm, run.ledger)
    })
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error)
  }
  const outline = {
    kind,
    seed: runSeed,
    incidents: run.incidents,
    restarts: run.restarts,
    hangs: run.hangs,
    seconds: Math.round((performance.now() - startedMs) / 1_000),
    verdict,
    failure,
  }
  const isKept = isFailed({ ...outline, folder: null })
  await firm.end(isKept).catch((error: unknown) => console.log(`     its end: ${error instanceof Error ? error.message : error}`))
  return { ...outline, folder: isKept ? firm.folder : null }
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`the run did not end within ${ms / 1_000} s`)), ms)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

function isFailed({ verdict, failure, hangs }: RunReport): boolean {
  return failure !== null || hangs.length > 0 || verdict === null || verdict.lost + verdict.doubled + verdict.missing + verdict.unsaid > 0
}

function printRun(report: RunReport): void {
  const { kind, verdict, failure, incidents, seconds } = report
  const figures = verdict
    ? `${incidents} incidents, asked ${verdict.asked}, acknowledged ${verdict.acknowledged}, not saved ${verdict.notSaved}, unknown ${verdict.unknown}, refused ${verdict.refused}, lost ${verdict.lost}, doubled ${verdict.doubled}, missing ${verdict.missing}, unsaid ${verdict.unsaid}`
    : failure
  const restarts = report.restarts > 0 ? `, started anew ${report.restarts}` : ''
  const hangs = report.hangs.length > 0 ? `, hangs ${report.hangs.length}: ${report.hangs.join('; ')}` : ''
  console.log(`${isFailed(report) ? 'FAIL' : 'ok  '} ${kind.padEnd(20)} ${seconds} s  ${figures}${restarts}${hangs}`)
  for (const detail of verdict?.details.slice(0, 8) ?? []) console.log(`     ${detail}`)
}

function printPoints(): void {
  if (points.size === 0) return
  const reached = [...points].filter(([, count]) => count > 0)
  const all = Object.values(faultPoints).flat().length
  console.log(`named instants: ${reached.length} reached of ${points.size} tried, ${all} there are`)
  const unreached = [...points].filter(([, count]) => count === 0).map(([point]) => point)
  if (unreached.length > 0) console.log(`not reached: ${unreached.join(', ')}`)
}

export type { KindTotals }
