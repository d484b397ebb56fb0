import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { appFolder } from '../support/project.ts'
import { faultKinds, makePlan, WIDER_FROM } from './plan.ts'
import { playSeeds } from './play-seeds.ts'
import { shrink } from './shrink.ts'
import { limitedFiles, withLimits } from './small-limits.ts'

test('the same seed has the same trace', { timeout: 400_000 }, async () => {
  const [once, again] = [await playSeeds(['--seed', '3']), await playSeeds(['--seed', '3'])]
  expect(once.hashes['seed 3']).toMatch(/^[0-9a-f]{64}$/)
  expect(again.hashes['seed 3']).toBe(once.hashes['seed 3'])
  expect([...once.failures, ...again.failures]).toEqual([])
})

test('every kind of fault is in 500 plans many times', () => {
  const counts = new Map<string, number>()
  for (let seed = WIDER_FROM; seed < WIDER_FROM + 500; seed++) for (const { kind } of makePlan(seed).steps) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  for (const kind of faultKinds) expect(counts.get(kind) ?? 0, kind).toBeGreaterThan(20)
})

test('a plan follows from its seed, and other seeds have others', () => {
  expect(makePlan(7)).toEqual(makePlan(7))
  expect(makePlan(7)).not.toEqual(makePlan(8))
})

test.each(limitedFiles)('%s has the limits that a plan can make small', (file) => {
  const source = readFileSync(join(appFolder, file), 'utf8')
  expect(withLimits(new URL(`../../${file}`, import.meta.url).href, source)).toMatch(/^(export )?let \w+ = [\d_]+; globalThis\.simulatedLimit/m)
})

test('shrinking keeps the steps without which nothing fails, and no other', async () => {
  const needed = [3, 17]
  const all = Array.from({ length: 25 }, (_, i) => i)
  expect(await shrink(all, async (kept) => needed.every((index) => kept.includes(index)))).toEqual(needed)
})
