import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('works on so much at a time, the others in their order, whatever becomes of one', async () => {
  const turns = new Turns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [0, 1, 2, 3, 4].map((i) =>
    turns.run(1, async () => {
      begun.push(i)
      await new Promise<void>((resolve) => ends.push(resolve))
      if (i === 1) throw new Error('this one fails')
    }),
  )
  const settled = Promise.allSettled(all)
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[1]?.()
  await expect(all[1]).rejects.toThrow('this one fails')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  for (const i of [0, 2, 3, 4]) {
    await expect.poll(() => ends.length).toBeGreaterThan(i)
    ends[i]?.()
  }
  await settled
  expect(begun).toEqual([0, 1, 2, 3, 4])
  await turns.run(9, async () => begun.push(5)) // more than all is all
  expect(begun.at(-1)).toBe(5)
})
