import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evenSplit, setShare, splitSumBp, toggleShare } from './credit-split.ts'

test('an even split of any number of people makes the whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (count) => {
      const split = evenSplit(Array.from({ length: count }, (_, i) => `c${i}`))
      expect(splitSumBp(split)).toBe(10_000)
      expect(split.every((s) => s.shareBp > 0)).toBe(true)
    }),
  )
})

test('the last one cannot be taken out', () => {
  const alone = evenSplit(['a'])
  expect(toggleShare(alone, 'a')).toBe(alone)
  expect(toggleShare(toggleShare(alone, 'b'), 'a')).toEqual([{ colleagueId: 'b', shareBp: 10_000 }])
})

test('with two people the other one takes the rest', () => {
  expect(setShare(evenSplit(['a', 'b']), 'a', 7_000)).toEqual([
    { colleagueId: 'a', shareBp: 7_000 },
    { colleagueId: 'b', shareBp: 3_000 },
  ])
})
