import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import { endProcess, isAlive, pidOf, signalProcess } from './processes.ts'

test('a program that is not there has no number: 0 would be the group of whoever asks', () => {
  const child = spawn('/no/such/program').on('error', () => undefined)
  expect(() => pidOf(child)).toThrow('/no/such/program could not be started')
})

test('ends one process and waits for it; one that has ended already is left in peace', async () => {
  const [one, other] = [spawn('sleep', ['60']), spawn('sleep', ['60'])].map(pidOf) as [number, number]
  await endProcess(one, 'SIGTERM')
  expect([isAlive(one), isAlive(other)]).toEqual([false, true])
  await endProcess(one, 'SIGTERM')
  await expect.poll(() => signalProcess(one, 'SIGTERM')).toBe(false) // as soon as its parent has taken note of its end
  await endProcess(other, 'SIGKILL')
})
