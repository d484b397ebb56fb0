import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeFirmKey, openFirmKey } from '../recovery/firm-key.ts'
import { recoverVault } from '../recovery/recover-vault.ts'
import { createVault, openVault } from '../vault/vault.ts'
import { aSession } from '../vault/vault-fixture.ts'
import { defaultKdfCost } from '../vault/vault-header.ts'
import { GuessLimit } from './guess-limit.ts'
import { changePassphrase } from './vault-changes.ts'

const OLD = 'the old passphrase'
const NEW = 'the new passphrase'
const TWO = ['first of two people', 'second of two people'] as const

async function aVault() {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-changes-'))
  const vault = await createVault(folder, OLD, undefined, aSession, Buffer.alloc(32, 7))
  const guesses = new GuessLimit(() => 1_000_000)
  const change = async (present: string, next: string) => {
    const changed = await changePassphrase(vault, () => guesses.check(folder, present, undefined), next, undefined)
    return changed.ok ? 'changed' : changed.error.code
  }
  return { folder, vault, change }
}

const opens = async (folder: string, passphrase: string): Promise<boolean> => {
  const opened = await openVault(folder, passphrase, undefined)
  if (opened.ok) await opened.value.close()
  return opened.ok
}

test('the new passphrase opens the same keys, the old one nothing, and the firm’s recovery wrap stays byte for byte', async () => {
  const { folder, vault, change } = await aVault()
  const firmKey = await makeFirmKey(TWO)
  await vault.takeRecoveryKey(firmKey.publicKey)
  const wrap = await readFile(join(folder, 'recovery.json'))
  expect(await change(OLD, NEW)).toBe('changed')
  expect([await opens(folder, OLD), await opens(folder, NEW)]).toEqual([false, true])
  expect(await readFile(join(folder, 'recovery.json'))).toEqual(wrap)
  const privateKey = await openFirmKey(firmKey, TWO)
  expect((await recoverVault(folder, privateKey ?? Buffer.alloc(32)))?.keys).toEqual(vault.keys)
  const { kdf } = JSON.parse(await readFile(join(folder, 'header.json'), 'utf8'))
  expect(kdf).toMatchObject(defaultKdfCost)
  expect(vault.session.hasOwnPassphrase).toBe(true)
})

test('the present passphrase is asked; a weak new one costs no guess', async () => {
  const { folder, change } = await aVault()
  expect(await change('not this one', NEW)).toBe('session/wrong-passphrase')
  expect(await change(OLD, 'fourteen chars')).toBe('session/weak-passphrase')
  expect([await opens(folder, OLD), await opens(folder, NEW)]).toEqual([true, false])
  expect(JSON.parse(await readFile(join(folder, 'guesses.json'), 'utf8')).count).toBe(1)
})

test('wrong ones count, the fifth says that the app has to be locked, and none of them ever erases', async () => {
  const { folder, change } = await aVault()
  for (let i = 1; i <= 4; i++) expect(await change(`wrong ${i}`, NEW)).toBe('session/wrong-passphrase')
  for (let i = 5; i <= 20; i++) expect(await change(`wrong ${i}`, NEW)).toBe('session/locked-out')
  expect(await change(OLD, NEW)).toBe('session/locked-out')
  expect(await opens(folder, OLD)).toBe(true)
})

test('the right one clears the count', async () => {
  const { change } = await aVault()
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 3; i++) expect(await change('wrong', NEW)).toBe('session/wrong-passphrase')
    expect(await change(round === 0 ? OLD : NEW, NEW)).toBe('changed')
  }
})

test('a full disk changes nothing', async () => {
  const { folder, vault, change } = await aVault()
  vault.saveSession = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
  expect(await change(OLD, NEW)).toBe('storage/write-failed')
  expect([await opens(folder, OLD), await opens(folder, NEW)]).toEqual([true, false])
})

const child = join(import.meta.dirname, 'change-passphrase-killed.ts')

/** What a process printed that changed the passphrase in a copy of `folder`; killed at the given instant, or `killMs` after it began. */
async function changeInCopy(folder: string, killAt: number, killMs?: number): Promise<{ readonly copy: string; readonly printed: string }> {
  const copy = join(await mkdtemp(join(tmpdir(), 'rapport-killed-')), 'vault')
  await cp(folder, copy, { recursive: true })
  const run = spawn(process.execPath, [child, copy, String(killAt)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  run.stdout.on('data', (bytes) => {
    if (printed === '' && killMs !== undefined) setTimeout(() => run.kill('SIGKILL'), killMs)
    printed += bytes
  })
  await new Promise((resolve) => run.on('close', resolve))
  return { copy, printed }
}

test('killed at whatever instant, exactly one of the two passphrases opens the vault', async () => {
  const { folder, vault } = await aVault()
  await vault.close()
  const whole = await changeInCopy(folder, 0)
  const instants = Number(/changed (\d+)/.exec(whole.printed)?.[1])
  expect(instants).toBe(6) // spare session, session and header: before and after each gets its name
  const told = await Promise.all(Array.from({ length: instants }, (_, i) => changeInCopy(folder, i + 1)))
  const timed = []
  for (let killMs = 0; killMs < 400; killMs += 80) timed.push(await changeInCopy(folder, 0, killMs))
  const seen = []
  for (const { copy, printed } of [...told, ...timed]) {
    const [old, next] = [await opens(copy, OLD), await opens(copy, NEW)]
    expect(old, printed).toBe(!next)
    seen.push(next ? 'new' : 'old')
  }
  console.log(`killed at ${instants} instants and after 0–320 ms: ${seen.join(' ')}`)
  expect(seen.slice(0, instants)).toEqual(['old', 'old', 'old', 'old', 'old', 'new'])
}, 120_000)

test('a temporary file that a kill left behind does not matter', async () => {
  const { folder, change } = await aVault()
  await writeFile(join(folder, 'header.json.new'), '{"half')
  expect(await change(OLD, NEW)).toBe('changed')
  expect(await opens(folder, NEW)).toBe(true)
})
