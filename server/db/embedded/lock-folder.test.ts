import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './lock-folder.ts'

let folder: string
let parent: ChildProcess | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-lock-'))
})
afterEach(() => {
  parent?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const startTicks = (pid: number): string => (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')[19] ?? ''
const lockBy = (pid: number): void => writeFileSync(join(folder, 'server.lock'), `${pid} ${startTicks(pid)}`)

test.runIf(process.platform === 'linux')('a second server stays off the folder of one that runs', () => {
  lockBy(process.ppid)
  expect(() => lockFolder(folder)).toThrow(`process id ${process.ppid} uses`)
})

test.runIf(process.platform === 'linux')('the lock of a server that was killed does not count, though nobody has noticed its end', async () => {
  // The shell starts a child and becomes a program that never asks after it.
  parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pid = await new Promise<number>((resolve) => parent?.stdout?.once('data', (text) => resolve(Number(text))))
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')
  lockBy(pid)
  expect(() => lockFolder(folder)).not.toThrow()
})
