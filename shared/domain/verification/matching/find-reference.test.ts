import { expect, test } from 'vitest'
import { findReference } from './find-reference.ts'

test.each([
  ['RAP-2026-17', 'deposit rap 2026/17, thanks', true],
  ['RF1853900754', 'RF18 5390 0754', true],
  ['RAP-2026-17', 'RAP-2026-170', false],
  ['2026', 'X2026', false],
  ['ab1', 'ab1', false],
  ['.*.*', 'anything', false],
  ['Őri 44', 'befizetés őri44', true],
])('%s in %s: %s', (reference, text, expected) => {
  expect(findReference([reference], [null, text])).toBe(expected ? reference : null)
})
