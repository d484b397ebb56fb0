import { cpuSince, processTree } from '../electron/app-processes.ts'
import { openApp, signInAndPull } from '../electron/bench-app.ts'
import { buildPlainApp, plainPullSeconds } from '../electron/plain-app.ts'
import { openFirm } from '../firm/open-firm.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { startBenchServer } from '../harness/bench-server.ts'

const PAGE_ROWS = 500

const memory = (pid: number): string =>
  processTree(pid)
    .map((p) => `${p.kind} ${Math.round(p.rssMb)}/${Math.round(p.pssMb)}`)
    .join(', ')

/** An empty laptop fetches the firm: over HTTP, sealed, into IndexedDB, searchable; beside it the plain way. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const entryCount = Math.round(100_000 * context.scale)
  const firm = await openFirm(context, entryCount)
  const { url, pid } = await startBenchServer(context, firm)
  const app = await openApp(context, url)
  const before = [...processTree(app.pid), ...processTree(pid)]
  const { at, longestMs, longTasks } = await signInAndPull(app)
  const begin = at['pulling'] ?? at['opening'] ?? 0 // signed in: the passphrase's check is not the pull's
  context.say(`tasks over 50 ms: ${longTasks.map(([atMs, ms]) => `${Math.round(atMs - begin)}+${Math.round(ms)}`).join(' ')}`)
  context.say(`CPU: ${cpuSince(before, [...processTree(app.pid), ...processTree(pid)])}; memory of the app ${memory(app.pid)}`)
  context.say(`marks: ${JSON.stringify(at)}`)
  await app.close()
  const rows = Array.from({ length: firm.plan.householdCount }, (_, i) => firm.plan.household(i).contactEntries).flat()
  const pages = Array.from({ length: Math.ceil(rows.length / PAGE_ROWS) }, (_, i) => rows.slice(i * PAGE_ROWS, (i + 1) * PAGE_ROWS))
  const plain = await plainPullSeconds(await buildPlainApp(context), context.folder, pages)
  return [
    {
      what: `first pull of ${entryCount} entries, searchable`,
      value: ((at['ready'] ?? Number.NaN) - begin) / 1_000,
      unit: 's',
      limit: { what: 'plain way', value: plain },
      goal: { most: 0.3 },
    },
    { what: 'longest task of the page meanwhile', value: longestMs, unit: 'ms', goal: { most: 100 } },
    { what: 'Today usable after', value: ((at['usable'] ?? Number.NaN) - begin) / 1_000, unit: 's' },
  ]
}
