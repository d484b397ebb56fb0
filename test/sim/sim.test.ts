import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { faultKinds, makePlan } from './plan.ts'
import { shrink } from './shrink.ts'

const run = promisify(execFile)

interface Report {
  readonly failed: number
  readonly hashes: Readonly<Record<string, string>>
}

/** Plays seeds in a process of its own, as each worker of `npm run sim` is. */
async function play(args: readonly string[]): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-sim-test-'))
  const json = join(folder, 'report.json')
  await run(process.execPath, [join(import.meta.dirname, 'play.ts'), '--no-shrink', '--json', json, ...args], { timeout: 180_000 }).catch(() => undefined) // the report says what failed
  const report = JSON.parse(readFileSync(json, 'utf8')) as Report
  rmSync(folder, { recursive: true })
  return report
}

test('the same seed has the same trace, also in a process that has played another one before', { timeout: 400_000 }, async () => {
  const [alone, after] = [await play(['--seed', '3']), await play(['--seed', '2', '--seeds', '2'])]
  expect(alone.hashes['3']).toMatch(/^[0-9a-f]{64}$/)
  expect(after.hashes['3']).toBe(alone.hashes['3'])
  expect(after.hashes['2']).not.toBe(alone.hashes['3'])
  expect(alone.failed + after.failed).toBe(0)
})

test('every kind of fault is in the first 500 plans many times', () => {
  const counts = new Map<string, number>()
  for (let seed = 1; seed <= 500; seed++) for (const { kind } of makePlan(seed).steps) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  for (const kind of faultKinds) expect(counts.get(kind) ?? 0, kind).toBeGreaterThan(20)
})

test('a plan follows from its seed, and other seeds have others', () => {
  expect(makePlan(7)).toEqual(makePlan(7))
  expect(makePlan(7)).not.toEqual(makePlan(8))
})

test('shrinking keeps the steps without which nothing fails, and no other', async () => {
  const needed = [3, 17]
  const all = Array.from({ length: 25 }, (_, i) => i)
  expect(await shrink(all, async (kept) => needed.every((index) => kept.includes(index)))).toEqual(needed)
})
