import { type AppProcess, processTree } from '../electron/app-processes.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'

/** After this long what was needed only for the fetch has been given back. */
const CALM_MS = 20_000

const sumOf = (processes: readonly AppProcess[], field: 'rssMb' | 'pssMb'): number => processes.reduce((sum, process) => sum + process[field], 0)

/**
 * Memory of all processes of the app with 100,000 entries here. PSS counts a page that several processes share in parts,
 * and so adds up to what the laptop gives; the sum of RSS counts it in each of them.
 */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { app } = await openFilledLaptop(context)
  await app.page.waitForTimeout(CALM_MS)
  const processes = processTree(app.pid)
  for (const { kind, rssMb, pssMb } of processes) context.say(`${kind}: RSS ${Math.round(rssMb)} MB, PSS ${Math.round(pssMb)} MB`)
  return [
    { what: 'all processes of the app, PSS', value: sumOf(processes, 'pssMb'), unit: 'MB', goal: { most: 700 } },
    { what: 'all processes of the app, sum of RSS', value: sumOf(processes, 'rssMb'), unit: 'MB' },
  ]
}
