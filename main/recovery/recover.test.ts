import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { v7 as newId } from 'uuid'
import { expect, test } from 'vitest'
import { BlobStore } from '../files/blob-store.ts'
import { Journal } from '../outbox/journal.ts'
import { unwrap } from '../outbox/journal-fixture.ts'
import { makeRecoveryPair, openForFirm, placeOfRecovery, sealForFirm } from '../vault/recovery-wrap.ts'
import { createVault, eraseWrappedKeys, openVault } from '../vault/vault.ts'
import { aSession } from '../vault/vault-fixture.ts'
import { wrappedKeyNames } from '../vault/vault-header.ts'
import { makeFirmKey, openFirmKey } from './firm-key.ts'

const run = promisify(execFile)
const TWO = ['first of two people', 'second of two people'] as const

/** A laptop with 20 unsent commands and a file, sealed to the firm's key. */
async function aLaptop() {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-recover-test-'))
  const vaultFolder = join(folder, 'vault')
  const firmKey = await makeFirmKey(TWO)
  const vault = await createVault(vaultFolder, 'forgotten passphrase', undefined, aSession, Buffer.alloc(32, 7))
  expect(await vault.takeRecoveryKey(firmKey.publicKey)).toBe('sealed')
  const journal = unwrap(await Journal.open({ path: join(vaultFolder, 'outbox.journal'), key: vault.keys.journal, registeredLastN: 3, nowMs: Date.now }))
  const drafts = Array.from({ length: 20 }, (_, i) => ({ id: newId(), name: 'follow-up/add', version: 1, args: { title: `Promise ${i}` }, madeAtMs: i }))
  unwrap(await journal.append(drafts))
  unwrap(await new BlobStore(join(vaultFolder, 'files'), vault.keys.file).stage(Buffer.from('a letter')))
  await journal.close()
  await vault.close()
  await writeFile(join(folder, 'firm.key'), JSON.stringify(firmKey))
  const env = { ...process.env, INIT_CWD: folder, RAPPORT_RECOVERY_PASSPHRASE_1: TWO[0], RAPPORT_RECOVERY_PASSPHRASE_2: TWO[1], RAPPORT_NEW_PASSPHRASE: 'a new passphrase' }
  const recover = (args: readonly string[], more = {}) => run(process.execPath, [join(import.meta.dirname, 'recover-command.ts'), ...args], { env: { ...env, ...more } })
  return { folder, vaultFolder, drafts, recover }
}

const exportTo = ['export', '--vault', 'vault', '--key', 'firm.key', '--out', 'out'] as const

test.each([
  ['a forgotten passphrase', async () => undefined],
  ['keys that were erased after ten wrong ones', eraseWrappedKeys],
  ['a header that is gone, as is a keychain that was reset', (folder: string) => rm(join(folder, 'header.json'))],
])('20 of 20 unsent commands come back after %s', async (_what, harm) => {
  const { folder, vaultFolder, drafts, recover } = await aLaptop()
  await harm(vaultFolder)
  const before = await readFile(join(vaultFolder, 'outbox.journal'))
  await recover(exportTo)
  const { commands } = JSON.parse(await readFile(join(folder, 'out', 'unsent.json'), 'utf8'))
  expect(commands).toMatchObject(drafts)
  expect(commands).toHaveLength(20)
  const files = (await readdir(join(folder, 'out'))).filter((name) => name !== 'unsent.json')
  expect((await readFile(join(folder, 'out', files[0] ?? ''))).toString()).toBe('a letter')
  expect(await readFile(join(vaultFolder, 'outbox.journal'))).toEqual(before)
})

test('a damaged file costs neither the commands nor the other files', async () => {
  const { folder, vaultFolder, recover } = await aLaptop()
  await writeFile(join(vaultFolder, 'files', 'pending', 'a'.repeat(64)), 'not what was sealed')
  await recover(exportTo)
  const { commands, damagedFiles } = JSON.parse(await readFile(join(folder, 'out', 'unsent.json'), 'utf8'))
  expect([commands.length, damagedFiles]).toEqual([20, ['a'.repeat(64)]])
  expect(await readdir(join(folder, 'out'))).toHaveLength(2)
})

test('the laptop opens anew with a new passphrase, with everything on it', async () => {
  const { folder, vaultFolder, recover } = await aLaptop()
  await eraseWrappedKeys(vaultFolder)
  await recover(['open-anew', '--vault', 'vault', '--key', 'firm.key'])
  const vault = unwrap(await openVault(vaultFolder, 'a new passphrase', undefined))
  const publicKey = JSON.parse(await readFile(join(folder, 'firm.key'), 'utf8')).publicKey
  expect(vault.session).toEqual({ ...aSession, hasOwnPassphrase: true, recoveryKey: publicKey })
  const journal = unwrap(await Journal.open({ path: join(vaultFolder, 'outbox.journal'), key: vault.keys.journal, registeredLastN: 3, nowMs: Date.now }))
  expect(journal.listOpen()).toHaveLength(20)
  await journal.close()
})

/** Whoever has the disk can seal keys of their own to the firm: its key is public. */
async function plantWrap(vaultFolder: string): Promise<void> {
  const path = join(vaultFolder, 'recovery.json')
  const wrap = JSON.parse(await readFile(path, 'utf8'))
  const keys = Object.fromEntries(wrappedKeyNames.map((name) => [name, Buffer.alloc(32, 9).toString('base64')]))
  const sealed = sealForFirm(Buffer.from(wrap.publicKey, 'base64'), placeOfRecovery(wrap.vaultId), Buffer.from(JSON.stringify(keys)))
  await writeFile(path, JSON.stringify({ ...wrap, sealed: sealed.toString('base64') }))
}

test('keys that somebody else sealed to the firm open no vault in the place of its own, and cost nothing', async () => {
  const { vaultFolder, recover } = await aLaptop()
  await plantWrap(vaultFolder)
  await expect(recover(['open-anew', '--vault', 'vault', '--key', 'firm.key'])).rejects.toThrow('not the keys of this vault')
  expect(unwrap(await openVault(vaultFolder, 'forgotten passphrase', undefined)).session).toMatchObject({ email: aSession.email })
})

test('says whose vault was opened, and with which server it works', async () => {
  const { recover } = await aLaptop()
  const { stdout } = await recover(['open-anew', '--vault', 'vault', '--key', 'firm.key'])
  expect(stdout).toContain(`${aSession.email} at ${aSession.serverUrl}`)
})

test('what is written out in clear is for its owner alone, and goes through no link', async () => {
  const { folder, recover } = await aLaptop()
  await mkdir(join(folder, 'out'))
  await symlink(join(folder, 'elsewhere'), join(folder, 'out', 'unsent.json'))
  await expect(recover(exportTo)).rejects.toThrow('EEXIST')
  expect(await readdir(folder)).not.toContain('elsewhere')
  await rm(join(folder, 'out'), { recursive: true })
  await recover(exportTo)
  for (const name of await readdir(join(folder, 'out'))) expect([name, (await stat(join(folder, 'out', name))).mode & 0o777]).toEqual([name, 0o600])
})

test('one of two passphrases is not enough', async () => {
  const { recover } = await aLaptop()
  await expect(recover(exportTo, { RAPPORT_RECOVERY_PASSPHRASE_2: TWO[0] })).rejects.toThrow('One of the two passphrases is wrong')
  await expect(recover(exportTo, { RAPPORT_RECOVERY_PASSPHRASE_1: TWO[1], RAPPORT_RECOVERY_PASSPHRASE_2: TWO[0] })).rejects.toThrow('One of the two')
  const key = await makeFirmKey(TWO)
  expect(await openFirmKey({ ...key, publicKey: makeRecoveryPair().publicKey.toString('base64') }, TWO)).toBeUndefined()
})

test('another firm’s key opens nothing, and does not take the first one’s place', async () => {
  const { folder, vaultFolder, recover } = await aLaptop()
  const other = await makeFirmKey(TWO)
  await writeFile(join(folder, 'firm.key'), JSON.stringify(other))
  await expect(recover(exportTo)).rejects.toThrow('nothing that is sealed to this key')
  const vault = unwrap(await openVault(vaultFolder, 'forgotten passphrase', undefined))
  expect(await vault.takeRecoveryKey(other.publicKey)).toBe('other-key')
})

test('a sealed body opens with its key at its place only, unchanged', () => {
  const [firm, other] = [makeRecoveryPair(), makeRecoveryPair()]
  const sealed = sealForFirm(firm.publicKey, 'here', Buffer.from('keys'))
  expect(openForFirm(firm.privateKey, 'here', sealed)?.toString()).toBe('keys')
  expect(openForFirm(other.privateKey, 'here', sealed)).toBeUndefined()
  expect(openForFirm(firm.privateKey, 'there', sealed)).toBeUndefined()
  for (const at of [0, 31, 32, 60, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(openForFirm(firm.privateKey, 'here', changed)).toBeUndefined()
  }
})
