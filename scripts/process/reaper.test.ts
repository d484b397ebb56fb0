import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isAlive, signalProcess } from '../../test/support/processes.ts'
import { waitFor } from '../../test/support/wait-for.ts'

const started: number[] = []
afterEach(() => {
  for (const pid of started) signalProcess(pid, 'SIGKILL') // where the test has failed
})

/** A script that starts two processes and tells their numbers. */
async function aScript() {
  const code = `const { startProcess } = await import(${JSON.stringify(join(import.meta.dirname, 'child-process.mjs'))})
    const start = (name) => startProcess(name, process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const [one, other] = [start('one'), start('other')]
    console.log(one.child.pid, other.child.pid)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pids = await new Promise<string>((resolve) => child.stdout.once('data', (text) => resolve(String(text))))
  const [one = 0, other = 0] = pids.split(' ').map(Number)
  started.push(child.pid ?? 0, one, other)
  return { child, pids: [one, other] }
}

test('what a script has started ends when the script is killed', async () => {
  const { child, pids } = await aScript()
  expect(pids.map(isAlive)).toEqual([true, true])
  child.kill('SIGKILL')
  await waitFor('their end', () => (pids.some(isAlive) ? undefined : true), { withinMs: 10_000 })
  expect(pids.map(isAlive)).toEqual([false, false])
})
