import { act } from './acts.ts'
import { checkAtRest } from './checks/check-at-rest.ts'
import { whyNotQuiet } from './checks/is-quiet.ts'
import { injectFault, StatementFaults } from './faults.ts'
import { ACTIVE_MS, type Plan, type Step } from './plan.ts'
import { rarerActsOf } from './rarer-acts.ts'
import { roleOf } from './server/sim-firm.ts'
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

const MOST_TASKS = 60_000
/**
 * I13: all is at rest this long after the last fault. A device that nothing wakes asks each minute; one that got no answer for so long
 * waits up to 77 s before it tries again, and a clock may run a tenth too slow.
 */
const QUIET_WITHIN_MS = 90_000

/** Plays one plan from an empty firm to quiet, and says what did not hold. */
export async function runSeed(server: SimServer, plan: Plan, { keep, keepLog = false }: SeedOptions = {}): Promise<SeedResult> {
  const steps = keep ? plan.steps.filter((step) => keep.includes(step.index)) : plan.steps
  const sim = await SimWorld.begin(plan, server, keepLog)
  const statements = new StatementFaults(sim)
  const { scheduler } = world
  for (const client of sim.clients) scheduler.at(client.n * 10, 'first start', () => void client.start())
  for (const step of steps) scheduler.at(step.atMs, `step ${step.index} ${step.kind}`, () => take(sim, statements, step))
  await scheduler.runUntil(ACTIVE_MS, () => isOver(sim))
  mend(sim, statements)
  const mendedMs = scheduler.nowMs
  await comeToRest(sim, mendedMs + QUIET_WITHIN_MS)
  const quietAfterMs = scheduler.nowMs - mendedMs
  const counts = Object.fromEntries(sim.counts)
  sim.end()
  return { seed: plan.seed, violations: sim.violations, traceHash: scheduler.traceHash(), stepCount: scheduler.stepCount, steps, quietAfterMs, counts, log: scheduler.log }
}

/** Waits until nothing is on its way, and for all to hold then; a device that was not woken asks by itself within the minute. */
async function comeToRest(sim: SimWorld, untilMs: number): Promise<void> {
  const { scheduler } = world
  while (!isOver(sim)) {
    const isLast = scheduler.nowMs >= untilMs
    const why = whyNotQuiet(sim)
    if (why && isLast) sim.violate('I13', `not quiet ${QUIET_WITHIN_MS / 1_000} s after the last fault: ${why}`)
    if (!why || isLast) await checkNow(sim)
    if (isLast || (!why && sim.violations.length === 0)) return
    sim.violations.length = 0
    for (const client of sim.clients) client.signInIfNeeded()
    await scheduler.runUntil(Math.min(untilMs, scheduler.nowMs + (why ? 500 : 5_000)), () => isOver(sim))
  }
}

async function checkNow(sim: SimWorld): Promise<void> {
  const { scheduler } = world
  let isDone = false
  const work = () =>
    checkAtRest(sim)
      .catch((error) => sim.violate('bug', `the check itself: ${error instanceof Error ? error.stack : String(error)}`))
      .finally(() => {
        isDone = true
      })
  scheduler.at(0, 'check', () => void work(), scheduler.harness)
  await scheduler.runUntil(scheduler.nowMs + 120_000, () => isDone)
  if (!isDone) sim.violate('bug', 'the check did not end')
}

/** What does not come to rest by itself runs in circles. */
function isOver(sim: SimWorld): boolean {
  if (world.scheduler.stepCount > MOST_TASKS) sim.violate('runaway', `more than ${MOST_TASKS} tasks, at ${world.scheduler.nowMs} ms`)
  return sim.violations.length > 0
}

function take(sim: SimWorld, statements: StatementFaults, step: Step): void {
  const random = new Random(`step ${sim.plan.seed} ${step.index}`)
  const client = sim.client(step.client)
  if (step.kind === 'act') act(client, random)
  else if (step.kind === 'rarerAct') act(client, random, rarerActsOf(roleOf(client.person)))
  else injectFault(sim, statements, step, random)
  for (const each of sim.clients) each.signInIfNeeded()
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
