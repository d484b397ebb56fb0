import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

test.runIf(process.platform === 'linux')('one whose end nobody takes note of, as in a container, has ended', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-orphan-'))
  // The shell starts it and becomes a program that never asks after it.
  const script = `(exec -a postgres "$0" -e 'process.on("SIGINT", () => process.exit()); setInterval(() => {}, 1000); console.log(process.pid)' "$1") & exec sleep 60`
  const parent = spawn('bash', ['-c', script, process.execPath, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    parent.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))))
  writeFileSync(join(folder, 'postmaster.pid'), `${pid}\n`)
  await stopOrphan(folder, 2_000)
  expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')
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
