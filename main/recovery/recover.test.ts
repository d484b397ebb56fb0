import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { v7 as newId } from 'uuid'
import { expect, test } from 'vitest'
import { BlobStore } from '../files/blob-store.ts'
import { Journal } from '../outbox/journal.ts'
import { unwrap } from '../outbox/journal-fixture.ts'
import { makeRecoveryPair, openForFirm, sealForFirm } from '../vault/recovery-wrap.ts'
import { createVault, eraseWrappedKeys, openVault } from '../vault/vault.ts'
import { aSession } from '../vault/vault-fixture.ts'
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
