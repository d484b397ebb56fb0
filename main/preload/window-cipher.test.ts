import { expect, test } from 'vitest'
import { makeCipher } from './window-cipher.ts'

const keys = { data: new Uint8Array(32).fill(1), index: new Uint8Array(32).fill(2) }
const cipher = makeCipher(() => keys)
const bytesOf = (text: string) => new TextEncoder().encode(text)

test('opens what it sealed, at the same place only', () => {
  const sealed = cipher.seal('contacts|1|3', bytesOf('Called about the bond'))
  expect(new TextDecoder().decode(cipher.open('contacts|1|3', sealed))).toBe('Called about the bond')
  expect(() => cipher.open('contacts|2|3', sealed)).toThrow('cipher/invalid')
})

test.each([0, 1, 251, 252, 253, 5_000])('a body of %i bytes comes back whole, and its size only in steps', (length) => {
  const sealed = cipher.seal('x', new Uint8Array(length).fill(9))
  expect((sealed.length - 1 - 24 - 16) % 256).toBe(0)
  expect(cipher.openMany([{ aad: 'x', sealed }])[0]).toEqual(new Uint8Array(length).fill(9))
})

test('a changed byte anywhere, a shortened or an empty body do not open', () => {
  const sealed = cipher.seal('x', bytesOf('note'))
  for (let at = 0; at < sealed.length; at++) {
    const changed = sealed.slice()
    changed[at] = (changed[at] ?? 0) ^ 0x10
    expect(() => cipher.open('x', changed)).toThrow('cipher/invalid')
  }
  for (const length of [0, 1, 24, 25, 40, sealed.length - 1]) expect(() => cipher.open('x', sealed.subarray(0, length))).toThrow('cipher/invalid')
})

test('the same body is sealed differently each time', () => {
  expect(cipher.seal('x', bytesOf('a'))).not.toEqual(cipher.seal('x', bytesOf('a')))
})

test('tokens are stable, short, safe in an address, and differ with text and key', () => {
  const other = makeCipher(() => ({ ...keys, index: new Uint8Array(32).fill(3) }))
  expect(cipher.token('households|1')).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(cipher.token('households|1')).toBe(cipher.token('households|1'))
  expect(new Set([cipher.token('households|1'), cipher.token('households|2'), other.token('households|1')]).size).toBe(3)
})

test.each([undefined, null, 1, {}, { length: 1e9 }, [1, 2], new Float64Array(2), new ArrayBuffer(2)])('what is no text or no bytes is refused: %j', (odd) => {
  expect(() => cipher.seal('x', odd as Uint8Array)).toThrow(odd === undefined ? /./ : 'cipher/invalid')
  expect(() => cipher.seal(odd as string, bytesOf('x'))).toThrow('cipher/invalid')
  expect(() => cipher.token(odd as string)).toThrow('cipher/invalid')
  expect(() => cipher.open(odd as string, cipher.seal('x', bytesOf('x')))).toThrow('cipher/invalid')
})
