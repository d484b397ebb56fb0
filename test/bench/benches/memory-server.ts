import { snapshotPages } from '../firm/all-pages.ts'
import { logCall } from '../firm/log-call.ts'
import { openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { BenchDevice } from '../harness/bench-device.ts'
import { residentMb, startBenchServer } from '../harness/bench-server.ts'

const PULLING = 4 // laptops that fetch everything side by side
const PUSHES = 20
const BATCH = 500

/** The server's memory with a large firm: after start, while laptops fetch everything, and after pushes. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const entryCount = Math.round(1_000_000 * context.scale)
  const firm = await openFirm(context, entryCount)
  const { url, pid } = await startBenchServer(context, firm)
  const atStartMb = residentMb(pid)
  const advisorId = firm.plan.advisorIds[0] ?? ''
  let mostMb = 0
  const timer = setInterval(() => {
    mostMb = Math.max(mostMb, residentMb(pid))
  }, 100)
  context.defer(() => clearInterval(timer))
  const devices = await Promise.all(Array.from({ length: PULLING }, (_, i) => BenchDevice.open(firm.db, url, i % 2 ? firm.plan.supervisorId : firm.plan.complianceId)))
  let rows = 0
  await Promise.all(
    devices.map(async (device) => {
      for await (const { page } of snapshotPages(device)) rows += page.header.rowCount
    }),
  )
  context.say(`${rows} rows were fetched`)
  const afterPullMb = residentMb(pid)
  const advisor = await BenchDevice.open(firm.db, url, advisorId)
  const random = makeRandom('memory')
  const household = firm.plan.household(0).households.id
  for (let i = 0; i < PUSHES; i++) await advisor.push(advisor.number(Array.from({ length: BATCH }, () => logCall(random, household, advisorId))))
  for (const device of [advisor, ...devices]) device.close()
  return [
    { what: `server at its start, ${entryCount.toLocaleString('en')} entries`, value: atStartMb, unit: 'MB' },
    { what: `after ${PULLING} laptops fetched everything`, value: afterPullMb, unit: 'MB' },
    { what: `after ${PUSHES * BATCH} commands`, value: residentMb(pid), unit: 'MB', goal: { most: 300 } },
    { what: 'at most', value: mostMb, unit: 'MB', goal: { most: 300 } },
  ]
}
