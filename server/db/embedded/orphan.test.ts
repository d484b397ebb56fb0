import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { stopOrphan } from './orphan.ts'

/** A process that passes for this cluster's PostgreSQL and heeds only some signals. */
async function aPostgres(ignored: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-orphan-'))
  const code = `for (const s of ${JSON.stringify(ignored)}) process.on(s, () => {}); setInterval(() => {}, 1000); console.log('up')`
  const child = spawn(process.execPath, ['-e', code, folder], { argv0: 'postgres', stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  await new Promise((up) => child.stdout.once('data', up))
  writeFileSync(join(folder, 'postmaster.pid'), `${child.pid}\n`)
  return { folder, child }
}

test('a PostgreSQL that outlived its server ends when asked', async () => {
  const { folder, child } = await aPostgres([])
  await stopOrphan(folder, 5_000)
  expect(child.signalCode).toBe('SIGINT')
})

test('one that waits for ever after a fast shutdown during its recovery is ended: the server starts again by itself', async () => {
  const { folder, child } = await aPostgres(['SIGINT'])
  await stopOrphan(folder, 500)
  expect(child.signalCode).toBe('SIGQUIT')
})

test('one that heeds neither is said', async () => {
  const { folder } = await aPostgres(['SIGINT', 'SIGQUIT'])
  await expect(stopOrphan(folder, 200)).rejects.toThrow('does not stop')
})

test('a pid file whose number belongs to another process by now is removed', async () => {
  const { folder } = await aPostgres([])
  writeFileSync(join(folder, 'postmaster.pid'), `${process.pid}\n`)
  await stopOrphan(folder, 200)
  expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
})
