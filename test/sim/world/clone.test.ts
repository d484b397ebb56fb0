import { expect, test } from 'vitest'
import { fastClone } from './clone.ts'

test.each([
  [{ a: [1, 'two', null, undefined, { b: true }], n: 3n, date: new Date(5), map: new Map([[1, { c: 2 }]]) }],
  [{ bytes: new Uint8Array([1, 2, 3]), part: new Uint8Array([1, 2, 3, 4]).subarray(1, 3), view: new Uint16Array([7]) }],
  [[[], {}, '', 0, Number.NaN]],
])('a copy is what Node’s own is', (value) => {
  expect(fastClone(value)).toEqual(structuredClone(value))
})

test('a copy shares nothing', () => {
  const value = { list: [{ a: 1 }], bytes: new Uint8Array([1]) }
  const copy = fastClone(value)
  copy.list[0] = { a: 2 }
  copy.bytes[0] = 9
  expect(value).toEqual({ list: [{ a: 1 }], bytes: new Uint8Array([1]) })
})

test('what cannot be cloned is refused, and a ring stays a ring', () => {
  expect(() => fastClone({ work: () => 1 })).toThrow()
  const ring: { self?: unknown } = {}
  ring.self = ring
  const copy = fastClone(ring)
  expect(copy.self).toBe(copy)
})
