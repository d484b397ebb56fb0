import { sql } from 'kysely'
import { readSnapshotJson } from '../firm/all-pages.ts'
import { logCall } from '../firm/log-call.ts'
import { openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import { copyOfWrites, insertCopies } from '../firm/raw-writes.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { BenchDevice, type Body } from '../harness/bench-device.ts'
import { startBenchServer } from '../harness/bench-server.ts'
import { median, timeMs } from '../harness/measure.ts'

const BATCH = 500 // as the app sends them
const WRITERS = 8

/**
 * Commands written offline and sent at once, after a pull of everything and by a device that has pulled nothing; then by
 * eight devices side by side. The limit: the same rows, feed, trail and answers copied into PostgreSQL by one statement a table.
 */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const [few, many] = [Math.round(1_000 * context.scale), Math.round(10_000 * context.scale)]
  const firm = await openFirm(context, Math.round(100_000 * context.scale))
  const { url } = await startBenchServer(context, firm)
  const random = makeRandom('push')
  const advisorId = firm.plan.advisorIds[0] ?? ''
  const households = Array.from({ length: Math.min(40, firm.plan.householdCount) }, (_, i) => firm.plan.household(i).households.id)
  const open = (personId = advisorId) => BenchDevice.open(firm.db, url, personId)
  const written = (device: BenchDevice, count: number) => device.number(Array.from({ length: count }, () => logCall(random, random.pick(households), advisorId)))
  /** Signed and packed before the clock runs: that is the laptops' work, which have cores of their own. */
  const ready = (device: BenchDevice, count: number) => {
    const commands = written(device, count)
    return Array.from({ length: Math.ceil(count / BATCH) }, (_, i) => device.pack(commands.slice(i * BATCH, (i + 1) * BATCH)))
  }
  const pushAll = async (device: BenchDevice, bodies: readonly Body[]) => {
    for (const body of bodies) await device.pushPacked(body)
  }
  const pushNew = (device: BenchDevice, count: number) => {
    const bodies = ready(device, count)
    return timeMs(() => pushAll(device, bodies))
  }
  const fresh = await open()
  await pushNew(fresh, BATCH) // warms up server and pool
  const pulled = await open()
  context.say('pulling everything')
  await readSnapshotJson(pulled)
  const [fewAfter, fewFresh] = [[] as number[], [] as number[]]
  for (let round = 0; round < 3; round++) {
    fewAfter.push(await pushNew(pulled, few))
    fewFresh.push(await pushNew(fresh, few))
  }
  const before = await copyOfWrites.mark(firm.db)
  const manyMs = await pushNew(pulled, many)
  const copies = await copyOfWrites.since(firm.db, before)
  context.say('the limit: the same rows by one statement a table')
  const rawMs: number[] = []
  for (let round = 0; round < 3; round++) rawMs.push(await timeMs(() => insertCopies(firm.db, copies, BATCH)))
  const devices = await Promise.all(Array.from({ length: WRITERS }, () => open()))
  const ofEach = devices.map((device) => [device, ready(device, Math.round(many / WRITERS))] as const)
  const sideMs = await timeMs(() => Promise.all(ofEach.map(([device, bodies]) => pushAll(device, bodies))))
  const failed = await sql<{ count: number }>`SELECT count(*)::int AS count FROM command_log WHERE status = 'refused'`.execute(firm.db)
  if (failed.rows[0]?.count !== 0) throw new Error(`${failed.rows[0]?.count} commands were refused`)
  for (const device of [fresh, pulled, ...devices]) device.close()
  return [
    {
      what: `${few} commands, after pulling everything`,
      value: median(fewAfter),
      unit: 'ms',
      limit: { what: 'by a device that pulled nothing', value: median(fewFresh) },
      goal: { most: 1.3 },
    },
    { what: `${many} commands`, value: manyMs, unit: 'ms', limit: { what: 'the same rows inserted', value: median(rawMs) }, goal: { most: 3 } },
    { what: `${WRITERS} writers`, value: (many / sideMs) * 1_000, unit: '/s', limit: { what: 'one writer alone', value: (many / manyMs) * 1_000 } },
    {
      what: `${WRITERS} writers`,
      value: (many / sideMs) * 1_000,
      unit: '/s',
      limit: { what: 'rows inserted by one connection', value: (many / median(rawMs)) * 1_000 },
      goal: { least: 0.6 },
    },
  ]
}
