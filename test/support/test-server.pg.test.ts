import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { isAlive, signalProcess } from './processes.ts'
import { projectNode } from './project.ts'
import { waitFor } from './wait-for.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-left-'))
const started: number[] = []
afterEach(() => {
  for (const pid of started) signalProcess(pid, 'SIGKILL') // where the test has failed
  rmSync(folder, { recursive: true, force: true })
})

const firstPidIn = (file: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined
  } catch {
    return undefined
  }
}

test.each([
  ['as it starts', false],
  ['as it serves', true],
])('a server ends with its database when the process of its test is killed %s', { timeout: 120_000 }, async (_when, isReady) => {
  const dataDir = join(folder, String(isReady))
  const script = `const { startTestServer } = await import(${JSON.stringify(join(import.meta.dirname, 'test-server.ts'))})
    await startTestServer({ dataDir: ${JSON.stringify(dataDir)}, env: { DATABASE_URL: '' } })
    console.log('ready')`
  const parent = spawn(projectNode, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ready = new Promise<void>((resolve) => parent.stdout.once('data', () => resolve()))
  const server = await waitFor('the server', () => firstPidIn(join(dataDir, 'postgres', 'server.lock')), { withinMs: 60_000 })
  const postgres = await waitFor('its database', () => firstPidIn(join(dataDir, 'postgres', 'data', 'postmaster.pid')), { withinMs: 60_000 })
  started.push(server, postgres)
  if (isReady) await ready
  parent.kill('SIGKILL')
  await waitFor('the end of both', () => (isAlive(server) || isAlive(postgres) ? undefined : true), { withinMs: 30_000 })
  expect([isAlive(server), isAlive(postgres)]).toEqual([false, false])
})
