import { expect, test } from 'vitest'
import { rowAfterKey } from './row-keys.ts'

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 99, 99],
  ['ArrowUp', -1, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', -1, 10],
  ['PageDown', 95, 99],
  ['PageUp', 5, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['a', 50, null],
])('%s on row %i of 100 goes to %s', (key, index, target) => {
  expect(rowAfterKey(key, index, 100, 10)).toBe(target)
})

test('an empty list has nowhere to go', () => {
  expect(rowAfterKey('End', -1, 0, 10)).toBeNull()
})
