import { readSnapshotJson } from '../firm/all-pages.ts'
import { logCall } from '../firm/log-call.ts'
import { openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { BenchDevice } from '../harness/bench-device.ts'
import { startBenchServer } from '../harness/bench-server.ts'

const GOAL = { most: 0.35 }
const COMMANDS = 500

/** Bytes of the socket, HTTP headers among them, against the bytes of the same rows as JSON objects. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const firm = await openFirm(context, Math.round(100_000 * context.scale))
  const { url } = await startBenchServer(context, firm)
  const supervisor = await BenchDevice.open(firm.db, url, firm.plan.supervisorId)
  const fetched = await readSnapshotJson(supervisor)
  const advisorId = firm.plan.advisorIds[0] ?? ''
  const advisor = await BenchDevice.open(firm.db, url, advisorId)
  const { answer: start } = await supervisor.pull()
  const random = makeRandom('wire')
  const commands = advisor.number(
    Array.from({ length: COMMANDS }, () => logCall(random, firm.plan.household(random.int(Math.min(40, firm.plan.householdCount))).households.id, advisorId)),
  )
  const { exchange: pushed } = await advisor.push(commands)
  const { answer, exchange: pulled } = await supervisor.pull({ cursor: start.cursor, scopeHash: start.scopeHash })
  for (const device of [advisor, supervisor]) device.close()
  const entryBytes = bytesOf(answer.rows.map((r) => r.row))
  return [
    { what: 'an entry as JSON', value: fetched.entryJsonBytes / fetched.entryCount, unit: 'B' },
    {
      what: 'pull by snapshot, a row',
      value: fetched.wireBytes / fetched.rowCount,
      unit: 'B',
      limit: { what: 'its JSON', value: fetched.jsonBytes / fetched.rowCount },
      goal: GOAL,
    },
    {
      what: 'pull of changes, an entry',
      value: pulled.receivedBytes / answer.rows.length,
      unit: 'B',
      limit: { what: 'its JSON', value: entryBytes / answer.rows.length },
      goal: GOAL,
    },
    { what: 'push, a command', value: pushed.sentBytes / COMMANDS, unit: 'B', limit: { what: 'its JSON', value: bytesOf(commands) / COMMANDS }, goal: GOAL },
  ]
}

const bytesOf = (values: readonly unknown[]): number => values.reduce<number>((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)), 0)
