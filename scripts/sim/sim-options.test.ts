import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkKeep, readCount, readSeed, whyNotWritable } from './sim-options.mjs'

test.each(['0', '1', '4294967295', '20261122', '9007199254740991'])('%s is a seed', (text) => {
  expect(readSeed(text)).toBe(Number(text))
})

test.each(['', 'abc', '-1', '1.5', '1e3', 'NaN', '9007199254740993'])('"%s" is none: nothing is played in its place', (text) => {
  expect(() => readSeed(text)).toThrow('--seed')
})

test.each(['0', '-3', 'many', ''])('"%s" seeds are not played', (text) => {
  expect(() => readCount(text, 1)).toThrow('--seeds')
})

test('steps to keep are numbers, or none', () => {
  for (const text of ['3', '3,8,21', 'none']) expect(() => checkKeep(text)).not.toThrow()
  for (const text of ['', '3,', 'all', '3 8', '-1']) expect(() => checkKeep(text)).toThrow('--keep')
})

test('seeds end where numbers do', () => {
  expect(() => readCount('10', Number.MAX_SAFE_INTEGER - 5)).toThrow('there are no')
})

test('a file that cannot be written is said before anything is played, and none is left by asking', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-sim-options-'))
  expect(whyNotWritable(join(folder, 'sim.json'))).toBeNull()
  expect(readdirSync(folder)).toEqual([])
  expect(whyNotWritable(join(folder, 'none', 'sim.json'))).toContain('ENOENT')
  expect(whyNotWritable(folder)).toContain('EISDIR')
  rmSync(folder, { recursive: true })
})
