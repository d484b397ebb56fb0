import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { removeFolder } from '../support/remove-folder.ts'
import { closePostgres, dropDatabases } from './firm/bench-postgres.ts'
import type { Bench, Figure } from './harness/bench.ts'
import { figureLines, machineFacts } from './harness/report.ts'
import { benches } from './registry.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string' }, json: { type: 'string' }, fresh: { type: 'boolean', default: false } },
})
const scale = values.scale === undefined ? undefined : Number(values.scale)

function chosen(): readonly Bench[] {
  if (positionals.includes('all')) return benches
  const unknown = positionals.filter((name) => !benches.some((b) => b.name === name))
  if (unknown.length > 0) throw new Error(`There is no bench "${unknown.join('", "')}"`)
  return benches.filter((b) => positionals.includes(b.name))
}

async function runBench(bench: Bench): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), `rapport-bench-${bench.name}-`))
  const deferred: (() => Promise<unknown> | unknown)[] = [() => removeFolder(folder)]
  try {
    const { run } = await bench.load()
    return await run({ scale: scale ?? bench.usualScale ?? 1, folder, say: (line) => process.stderr.write(`  … ${line}\n`), defer: (work) => void deferred.push(work) })
  } finally {
    for (const work of deferred.reverse()) await work()
  }
}

async function main(): Promise<void> {
  if (scale !== undefined && !(scale >= 0.01 && scale <= 1)) throw new Error(`--scale is a number from 0.01 to 1, not "${values.scale}"`)
  if (positionals.length === 0) return console.log(benches.map((b) => `${b.name.padEnd(10)} ${b.about}`).join('\n'))
  const results: Record<string, readonly Figure[]> = {}
  const machine = machineFacts()
  console.log(`${machine.at}, ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node}, load ${machine.load.join(' ')}, scale ${scale ?? 'as usual'}`)
  try {
    if (values.fresh) await dropDatabases()
    for (const bench of chosen()) {
      console.log(`\n${bench.name}: ${bench.about}`)
      const figures = await runBench(bench)
      results[bench.name] = figures
      console.log(figureLines(figures).join('\n'))
    }
  } finally {
    await closePostgres()
  }
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine, scale, results }, null, 2)}\n`)
}

main().then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    process.exit(1)
  },
)
