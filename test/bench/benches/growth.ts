import { PROTOCOL_VERSION } from '../../../shared/sync/protocol.ts'
import { PASSPHRASE } from '../firm/fill-firm.ts'
import { logCall } from '../firm/log-call.ts'
import { openFirm } from '../firm/open-firm.ts'
import { makeRandom } from '../firm/random.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { BenchDevice } from '../harness/bench-device.ts'
import { startBenchServer } from '../harness/bench-server.ts'
import { median, timesMs } from '../harness/measure.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const CHANGES = 100
/** The sizes take turns, so that whatever else the machine does meets all of them. */
const ROUNDS = 12
const TIMES = 6
const WHATS = [`pull of ${CHANGES} changes`, 'signing in', 'opening a household', 'pull with every household in scope'] as const

type Works = Readonly<Record<(typeof WHATS)[number], (i: number) => Promise<unknown>>>

/** An advisor's own book stays as it is while the firm around it grows: nothing they do may get dearer. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const sizes = SIZES.map((size) => Math.round(size * context.scale))
  const firms: Works[] = []
  for (const size of sizes) firms.push(await prepare(context, size))
  context.say('measuring')
  const durations = sizes.map(() => new Map(WHATS.map((what) => [what, [] as number[]])))
  for (let round = 0; round < ROUNDS; round++)
    for (const what of WHATS)
      for (const [i, works] of firms.entries()) durations[i]?.get(what)?.push(...(await timesMs(what === 'signing in' ? 1 : TIMES, works[what], round === 0 ? 5 : 1)))
  const label = (size: number) => `${size.toLocaleString('en')} entries`
  return WHATS.flatMap((what) => {
    const medians = durations.map((d) => median(d.get(what) ?? []))
    return medians.map((value, i) => ({
      what: `${what}, ${label(sizes[i] ?? 0)}`,
      value,
      unit: 'ms' as const,
      ...(i > 0 ? { limit: { what: label(sizes[0] ?? 0), value: medians[0] ?? Number.NaN } } : {}),
      ...(i > 0 && what !== WHATS[3] ? { goal: { most: 1.3 } } : {}), // a scope of 4,000 households is work of its own
    }))
  })
}

async function prepare(context: BenchContext, entryCount: number): Promise<Works> {
  const firm = await openFirm(context, entryCount)
  const { url } = await startBenchServer({ ...context, folder: `${context.folder}/${entryCount}` }, firm)
  const advisorId = firm.plan.advisorIds[0] ?? ''
  const advisor = await BenchDevice.open(firm.db, url, advisorId)
  const office = await BenchDevice.open(firm.db, url, firm.plan.complianceId)
  context.defer(() => [advisor, office].map((d) => d.close()))
  const household = (i: number) => firm.plan.household(Math.abs(i) % Math.min(40, firm.plan.householdCount)).households.id
  const starts = new Map([advisor, office].map((device) => [device, device.pull()]))
  await Promise.all(starts.values())
  const random = makeRandom(`growth ${entryCount}`)
  await advisor.push(advisor.number(Array.from({ length: CHANGES }, (_, i) => logCall(random, household(i), advisorId))))
  const pullAs = (device: BenchDevice) => async () => {
    const from = (await starts.get(device))?.answer
    const { answer } = await device.pull({ cursor: from?.cursor ?? 0, scopeHash: from?.scopeHash ?? null, sinceN: CHANGES })
    if (answer.rows.length !== CHANGES) throw new Error(`${answer.rows.length} changes instead of ${CHANGES}`)
  }
  return { [WHATS[0]]: pullAs(advisor), [WHATS[1]]: () => signIn(url, advisor), [WHATS[2]]: (i) => advisor.snapshot([household(i)]), [WHATS[3]]: pullAs(office) } as Works
}

async function signIn(url: string, { id, publicKey }: BenchDevice): Promise<void> {
  const json = { protocol: PROTOCOL_VERSION, email: 'advisor.0@bench.example', passphrase: PASSPHRASE, device: { id, name: 'Bench', publicKey } }
  const answer = await fetch(`${url}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}
