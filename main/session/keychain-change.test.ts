import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { aCommand, unwrap } from '../outbox/journal-fixture.ts'
import { makeFirmKey, openFirmKey } from '../recovery/firm-key.ts'
import { recoverVault } from '../recovery/recover-vault.ts'
import { readGuesses } from '../vault/guess-count.ts'
import { passwordStoreOf } from '../vault/keychain-choice.ts'
import { rewrapRecovered } from '../vault/vault.ts'
import { ACCOUNT, aKeychain, aLaptop, codeOf, EMAIL } from './session-control-fixture.ts'

const TWO = ['first of two people', 'second of two people'] as const
const gnome = aKeychain('gnome_libsecret')

/** A laptop that was used with a keychain, and has work that was not sent. */
async function aUsedLaptop() {
  const laptop = await aLaptop()
  const firmKey = await makeFirmKey(TWO)
  laptop.server.recoveryKey = firmKey.publicKey
  laptop.world.keychain = gnome
  unwrap(await laptop.app().signIn(EMAIL, ACCOUNT))
  const { folder } = must(laptop.app().open?.vault, 'vault')
  await laptop.server.stop()
  unwrap(await must(laptop.app().open, 'open').journal.append([aCommand(1)]))
  const headerOf = async () => JSON.parse(await readFile(join(folder, 'header.json'), 'utf8'))
  return { ...laptop, folder, firmKey, headerOf }
}

test('another keychain that opens what the old one wrapped takes over at the next passphrase', async () => {
  const { restart, world, headerOf } = await aUsedLaptop()
  expect((await headerOf()).keychain.backend).toBe('gnome_libsecret')
  world.keychain = aKeychain('kwallet6')
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('ok')
  expect((await headerOf()).keychain.backend).toBe('kwallet6')
  world.keychain = undefined
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('session/keychain-missing')
})

test.each([
  ['there is none any more', undefined],
  ['it was reset', aKeychain('gnome_libsecret', 0x33)],
  ['it is another one with another key', aKeychain('kwallet6', 0x33)],
])('a keychain that does not open the vault (%s) costs nothing: no guess, no byte, and it opens when it is back', async (_why, other) => {
  const { app, restart, world, folder, headerOf } = await aUsedLaptop()
  const before = await headerOf()
  world.keychain = other
  await restart()
  for (let i = 0; i < 12; i++) expect(await codeOf(app().unlock(i % 2 ? ACCOUNT : 'wrong'))).toBe('session/keychain-missing')
  expect([await headerOf(), (await readGuesses(folder)).count]).toEqual([before, 0])
  world.keychain = gnome
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('ok')
  expect(app().open?.journal.listOpen()).toHaveLength(1)
})

test('gone for good: the firm’s key opens it anew, nothing unsent is lost, and the next keychain is taken', async () => {
  const { app, restart, world, folder, firmKey, headerOf } = await aUsedLaptop()
  world.keychain = aKeychain('kwallet6', 0x33)
  expect(await codeOf((await restart()).unlock(ACCOUNT))).toBe('session/keychain-missing')
  const privateKey = must(await openFirmKey(firmKey, TWO), 'key')
  const { vaultId, keys } = must(await recoverVault(folder, privateKey), 'recovered')
  await rewrapRecovered(folder, vaultId, keys, 'given by the firm')
  expect((await headerOf()).keychain).toBeNull()
  expect(await codeOf((await restart()).unlock('given by the firm'))).toBe('ok')
  expect((await headerOf()).keychain.backend).toBe('kwallet6')
  expect(app().open?.journal.listOpen()).toHaveLength(1)
})

test('the keychain that the vault knows is asked for before the app is ready, and no other word of a file', async () => {
  const { userData, folder, headerOf } = await aUsedLaptop()
  expect(passwordStoreOf(userData, 'linux')).toBe('gnome-libsecret')
  expect(passwordStoreOf(userData, 'darwin')).toBeUndefined()
  const header = await headerOf()
  for (const backend of ['basic', 'basic_text', '__proto__', 'toString', 7, null]) {
    await writeFile(join(folder, 'header.json'), JSON.stringify({ ...header, keychain: { ...header.keychain, backend } }))
    expect(passwordStoreOf(userData, 'linux')).toBeUndefined()
  }
  for (const text of ['null', '{', '{"keychain":null}']) {
    await writeFile(join(folder, 'header.json'), text)
    expect(passwordStoreOf(userData, 'linux')).toBeUndefined()
  }
  expect(passwordStoreOf(await mkdtemp(join(tmpdir(), 'rapport-none-')), 'linux')).toBeUndefined()
})
