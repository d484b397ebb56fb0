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
const TIMES = 40
const SIGN_INS = 12

interface Prices {
  readonly pullMs: number // 100 changes, by an advisor
  readonly signInMs: number
  readonly householdMs: number
  readonly seeAllMs: number // the same pull by compliance, whose scope is every household
}

/** An advisor's own book stays as it is while the firm around it grows: nothing they do may get dearer. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const sizes = SIZES.map((size) => Math.round(size * context.scale))
  const prices: Prices[] = []
  for (const size of sizes) prices.push(await priceAt(context, size))
  const first = prices[0] as Prices
  const label = (size: number) => `${size.toLocaleString('en')} entries`
  const figures = (what: string, of: (p: Prices) => number, isJudged = true): readonly Figure[] =>
    prices.map((p, i) => ({
      what: `${what}, ${label(sizes[i] ?? 0)}`,
      value: of(p),
      unit: 'ms' as const,
      ...(i === 0 ? {} : { limit: { what: label(sizes[0] ?? 0), value: of(first) }, ...(isJudged ? { goal: { most: 1.3 } } : {}) }),
    }))
  return [
    ...figures(`pull of ${CHANGES} changes`, (p) => p.pullMs),
    ...figures('signing in', (p) => p.signInMs),
    ...figures('opening a household', (p) => p.householdMs),
    ...figures('the same pull with every household in scope', (p) => p.seeAllMs, false),
  ]
}

async function priceAt(context: BenchContext, entryCount: number): Promise<Prices> {
  const undo: (() => unknown)[] = []
  const own = { ...context, defer: (work: () => unknown) => void undo.push(work) }
  try {
    const firm = await openFirm(own, entryCount)
    const { url } = await startBenchServer({ ...own, folder: `${context.folder}/${entryCount}` }, firm.url)
    context.say(`${entryCount} entries: measuring`)
    const advisorId = firm.plan.advisorIds[0] ?? ''
    const advisor = await BenchDevice.open(firm.db, url, advisorId)
    const all = await BenchDevice.open(firm.db, url, firm.plan.complianceId)
    undo.push(() => [advisor, all].map((d) => d.close()))
    const household = (i: number) => firm.plan.household((i + 10) % Math.min(40, firm.plan.householdCount)).households.id
    const [own0, all0] = [(await advisor.pull()).answer, (await all.pull()).answer]
    const random = makeRandom(`growth ${entryCount}`)
    await advisor.push(advisor.number(Array.from({ length: CHANGES }, (_, i) => logCall(random, household(i), advisorId))))
    const pullFrom = (device: BenchDevice, from: typeof own0) => async () => {
      const { answer } = await device.pull({ cursor: from.cursor, scopeHash: from.scopeHash, sinceN: CHANGES })
      if (answer.rows.length !== CHANGES) throw new Error(`${answer.rows.length} changes`)
    }
    const signIn = () =>
      fetch(`${url}/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ protocol: 1, email: 'advisor.0@bench.example', passphrase: PASSPHRASE, device: { id: advisor.id, name: 'Bench' } }),
      }).then((r) => (r.ok ? r.arrayBuffer() : Promise.reject(new Error(`sign-in: ${r.status}`))))
    return {
      pullMs: median(await timesMs(TIMES, pullFrom(advisor, own0), 10)),
      signInMs: median(await timesMs(SIGN_INS, signIn)),
      householdMs: median(await timesMs(TIMES, (i) => advisor.snapshot([household(i)]), 10)),
      seeAllMs: median(await timesMs(TIMES / 4, pullFrom(all, all0))),
    }
  } finally {
    for (const work of undo.reverse()) await work()
  }
}
