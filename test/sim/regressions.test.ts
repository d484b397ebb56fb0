import { expect, test } from 'vitest'
import { playSeeds } from './play-seeds.ts'

/** Seeds that failed once, and what they showed. A change of plan.ts or acts.ts gives them another life: keep what they show in a unit test too. */
const regressions: readonly (readonly [seed: number, showed: string])[] = [
  [1, 'a person of two households stayed on a device that lost the only one it had seen'],
  [6, 'the same, with three laptops'],
]

for (const [seed, showed] of regressions) {
  test(`seed ${seed}: ${showed}`, { timeout: 200_000 }, async () => {
    const report = await playSeeds(['--seed', String(seed)])
    expect(report.failures).toEqual([])
    expect(report.played).toBe(1)
  })
}
