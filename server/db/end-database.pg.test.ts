import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive, signalProcess } from '../../test/support/processes.ts'
import { projectNode } from '../../test/support/project.ts'
import { waitFor } from '../../test/support/wait-for.ts'

test.each(['remove', 'keep'] as const)('a PostgreSQL that tests share ends when their process is killed (%s)', { timeout: 120_000 }, async (after) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-shared-'))
  const script = `const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded', 'start-embedded.ts'))})
    const { endDatabaseWithUs } = await import(${JSON.stringify(join(import.meta.dirname, 'test-database.ts'))})
    endDatabaseWithUs(${JSON.stringify(folder)}, ${JSON.stringify(after)})
    await startEmbedded(${JSON.stringify(folder)}, { fsync: 'off' })
    console.log('ready')
    setInterval(() => {}, 1000)`
  const owner = spawn(projectNode, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve) => owner.stdout.once('data', () => resolve()))
  const postgres = Number.parseInt(readFileSync(join(folder, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10)
  onTestFinished(() => {
    owner.kill('SIGKILL')
    signalProcess(postgres, 'SIGQUIT') // where the test has failed
    rmSync(folder, { recursive: true, force: true })
  })
  owner.kill('SIGKILL')
  await waitFor('its end', () => (isAlive(postgres) ? undefined : true), { withinMs: 30_000 })
  if (after === 'remove') await waitFor('the end of its folder', () => (existsSync(folder) ? undefined : true), { withinMs: 30_000 })
  else expect(existsSync(folder)).toBe(true)
})
