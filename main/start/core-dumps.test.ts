import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { keepMemoryOutOfCoreDumps } from './core-dumps.ts'

const filterOf = (pid: number | string) => Number.parseInt(readFileSync(`/proc/${pid}/coredump_filter`, 'utf8'), 16)

test.runIf(process.platform === 'linux')('no memory goes into a dump of this process, of one that it had started, or of a later one', () => {
  const before = filterOf('self')
  const older = spawn('sleep', ['60'])
  onTestFinished(() => {
    older.kill()
  })
  expect([before, filterOf(older.pid ?? 0)]).not.toContain(0)
  keepMemoryOutOfCoreDumps()
  expect([filterOf('self'), filterOf(older.pid ?? 0)]).toEqual([0, 0])
  expect(execFileSync('cat', ['/proc/self/coredump_filter'], { encoding: 'utf8' }).trim()).toBe('00000000')
})

test('other systems are left alone', () => {
  expect(() => keepMemoryOutOfCoreDumps('win32')).not.toThrow()
})
