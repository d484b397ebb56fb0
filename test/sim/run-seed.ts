import { act } from './acts.ts'
import { checkAtRest } from './checks/check-at-rest.ts'
import { isQuiet } from './checks/is-quiet.ts'
import { injectFault, StatementFaults } from './faults.ts'
import { ACTIVE_MS, makePlan, type Step } from './plan.ts'
import type { SimServer } from './server/sim-server.ts'
import { SimWorld } from './sim-world.ts'
import { world } from './world/globals.ts'
import { Random } from './world/random.ts'

export interface SeedResult {
  readonly seed: number
  readonly violations: readonly string[]
  readonly traceHash: string
  readonly stepCount: number // tasks of virtual time
  readonly steps: readonly Step[] // those that were kept
  readonly quietAfterMs: number // from the last fault; simulated
  readonly counts: Readonly<Record<string, number>>
  readonly log: readonly string[]
}

export interface SeedOptions {
  /** Indexes of the steps to keep; undefined = all. */
  readonly keep?: readonly number[]
  readonly keepLog?: boolean
}

/** I13: queues are empty this long after the last fault. */
const QUIET_WITHIN_MS = 60_000

/** Plays one seed from an empty firm to quiet, and says what did not hold. */
export async function runSeed(server: SimServer, seed: number, { keep, keepLog = false }: SeedOptions = {}): Promise<SeedResult> {
  const plan = makePlan(seed)
  const steps = keep ? plan.steps.filter((step) => keep.includes(step.index)) : plan.steps
  const sim = await SimWorld.begin(plan, server, keepLog)
  const statements = new StatementFaults(sim)
  const { scheduler } = world
  for (const client of sim.clients) scheduler.at(client.n * 10, 'first start', () => void client.start())
  for (const step of steps) scheduler.at(step.atMs, `step ${step.index} ${step.kind}`, () => take(sim, statements, step))
  await scheduler.runUntil(ACTIVE_MS, () => sim.violations.length > 0)
  mend(sim, statements)
  const mendedMs = scheduler.nowMs
  while (sim.violations.length === 0 && !isQuiet(sim) && scheduler.nowMs < mendedMs + QUIET_WITHIN_MS) {
    for (const client of sim.clients) client.signInIfNeeded()
    await scheduler.runUntil(scheduler.nowMs + 500)
  }
  const quietAfterMs = scheduler.nowMs - mendedMs
  if (sim.violations.length === 0) await checkAtRest(sim)
  const counts = Object.fromEntries(sim.counts)
  sim.end()
  return { seed, violations: sim.violations, traceHash: scheduler.traceHash(), stepCount: scheduler.stepCount, steps, quietAfterMs, counts, log: scheduler.log }
}

function take(sim: SimWorld, statements: StatementFaults, step: Step): void {
  const random = new Random(`step ${sim.plan.seed} ${step.index}`)
  if (step.kind === 'act') act(sim.client(step.client), random)
  else injectFault(sim, statements, step, random)
  for (const client of sim.clients) client.signInIfNeeded()
}

/** From here on nothing goes wrong any more; what is broken is repaired, as people would do it. */
function mend(sim: SimWorld, statements: StatementFaults): void {
  statements.disarm()
  sim.network.windows.length = 0
  sim.network.isServerDown = false
  sim.isMended = true
  for (const client of sim.clients) {
    const isOld = sim.network.outdated.delete(client.n)
    client.recover()
    if (isOld) client.crash(false)
    if (!client.main) void client.start()
    else if (!client.window) client.reopenWindow()
  }
  sim.network.cutAll()
}
