import { setTimeout as sleep } from 'node:timers/promises'
import { logCall } from '../firm/log-call.ts'
import { openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { residentMb, startBenchServer } from '../harness/bench-server.ts'
import { inParallel, quantile } from '../harness/measure.ts'
import { OfficeDevice, type OfficeLog } from '../harness/office-device.ts'

const DEVICES = 500
const COMMANDS = 200
const BATCH = 50
const BURST_MS = 10 * 60_000
const QUIET_MS = 10 * 60_000
const ASK_EVERY_MS = 60_000

/**
 * 500 devices of 500 people, all connected. In the morning each sends the 200 commands it wrote offline, at a moment of
 * its own within ten minutes; then nothing happens for ten. A smaller scale keeps the devices and the rate, and shortens both.
 */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { scale, say, defer } = context
  const firm = await openFirm(context, 100_000, { entriesAHousehold: 100, householdsAnAdvisor: 2 })
  const { url, pid } = await startBenchServer(context, firm)
  const log: OfficeLog = { pushMs: [], pullMs: [], errors: [] }
  const people = [firm.plan.supervisorId, firm.plan.complianceId, ...firm.plan.advisorIds].slice(0, DEVICES)
  const devices: OfficeDevice[] = []
  defer(() => devices.map((d) => d.close()))
  await inParallel(8, people, async (id) => devices.push(await OfficeDevice.open(firm.db, url, id, log)))
  say(`${devices.length} devices are connected; the burst lasts ${Math.round((BURST_MS * scale) / 1_000)} s`)
  const stopAsking = askEvery(devices)
  defer(stopAsking)

  const random = makeRandom('office')
  const burstMs = BURST_MS * scale
  const pushers = firm.plan.advisorIds.slice(0, Math.round((DEVICES - 2) * scale))
  const startedMs = performance.now()
  const opened = await Promise.all(pushers.map((id) => OfficeDevice.open(firm.db, url, id, log)))
  devices.push(...opened)
  log.pullMs.length = 0
  await Promise.all(
    opened.map(async (device, i) => {
      await sleep(random.int(burstMs))
      const household = firm.plan.household(i * 2).households.id
      const calls = Array.from({ length: COMMANDS }, () => logCall(random, household, pushers[i] ?? ''))
      await device.pushAll(calls, BATCH)
    }),
  )
  const burstSeconds = (performance.now() - startedMs) / 1_000
  const burst = { push: log.pushMs.slice(), pull: log.pullMs.slice() }
  await sleep(5_000)
  const afterBurstMb = residentMb(pid)
  say(`the quiet lasts ${Math.round((QUIET_MS * scale) / 1_000)} s`)
  await sleep(QUIET_MS * scale)
  if (log.errors.length > 0) say(`errors: ${[...new Set(log.errors)].slice(0, 5).join(', ')}`)
  return [
    { what: `push of ${BATCH}, 95 of 100`, value: quantile(burst.push, 0.95), unit: 'ms', goal: { most: 300 } },
    { what: `push of ${BATCH}, half of them`, value: quantile(burst.push, 0.5), unit: 'ms' },
    { what: 'pull meanwhile, 95 of 100', value: quantile(burst.pull, 0.95), unit: 'ms', goal: { most: 400 } },
    { what: 'commands', value: (pushers.length * COMMANDS) / burstSeconds, unit: '/s' },
    { what: 'errors', value: log.errors.length, unit: '', goal: { most: 0 } },
    { what: 'server after the quiet', value: residentMb(pid), unit: 'MB', limit: { what: 'after the burst', value: afterBurstMb }, goal: { most: 1.05 } },
  ]
}

/** Every device asks once a minute though nothing told it to, each at its own second. */
function askEvery(devices: readonly OfficeDevice[]): () => void {
  let next = 0
  const timer = setInterval(() => void devices[next++ % devices.length]?.pull(), ASK_EVERY_MS / DEVICES)
  return () => clearInterval(timer)
}
