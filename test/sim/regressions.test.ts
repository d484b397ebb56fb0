import { beforeAll, expect, test } from 'vitest'
import { keptPlans } from './kept-plans.ts'
import { type PlayReport, playSeeds } from './play-seeds.ts'

let report: PlayReport
beforeAll(async () => {
  report = await playSeeds(['--kept'])
}, 200_000)

for (const { name, showed } of keptPlans()) {
  test(`${name}: ${showed}`, () => {
    expect(report.hashes[name]).toBeDefined()
    expect(report.failures.filter((failure) => failure.name === name)).toEqual([])
  })
}
