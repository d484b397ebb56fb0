import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { unwrap } from '../outbox/journal-fixture.ts'
import { recoverVault } from '../recovery/recover-vault.ts'
import { fingerprintHalvesOf, makeRecoveryPair } from '../vault/recovery-wrap.ts'
import { ACCOUNT, aLaptop, codeOf, EMAIL } from './session-control-fixture.ts'

/** A laptop sealed to the firm's key, whose server offers another one from the next session on. */
async function aLaptopOfferedAnother() {
  const laptop = await aLaptop()
  const [firm, other] = [makeRecoveryPair(), makeRecoveryPair()]
  laptop.server.recoveryKey = firm.publicKey.toString('base64')
  unwrap(await laptop.app().signIn(EMAIL, ACCOUNT))
  const { folder } = must(laptop.app().open?.vault, 'vault')
  laptop.server.recoveryKey = other.publicKey.toString('base64')
  const openedBy = async () => [(await recoverVault(folder, firm.privateKey)) !== undefined, (await recoverVault(folder, other.privateKey)) !== undefined]
  const [firstHalf, secondHalf] = fingerprintHalvesOf(laptop.server.recoveryKey)
  const alarm = () => laptop.app().open?.sync.status().error?.code
  const offer = async () => {
    unwrap(await (await laptop.restart()).unlock(ACCOUNT))
    await expect.poll(alarm).toBe('recovery/key-changed')
  }
  return { ...laptop, folder, openedBy, told: { firstHalf, secondHalf }, alarm, offer }
}

test('a server that offers another key gets nothing sealed to it, and the person is told as long as it does', async () => {
  const { app, offer, openedBy, warned, folder } = await aLaptopOfferedAnother()
  const wrap = await readFile(join(folder, 'recovery.json'))
  for (let sessions = 0; sessions < 3; sessions++) await offer()
  expect(await readFile(join(folder, 'recovery.json'))).toEqual(wrap)
  expect(await openedBy()).toEqual([true, false])
  expect(warned).toContain('recovery.not-sealed')
  expect(app().state().phase).toBe('open')
})

test('nor when the wrap was deleted or damaged: the record knows the key, too', async () => {
  const { offer, openedBy, folder } = await aLaptopOfferedAnother()
  await rm(join(folder, 'recovery.json'))
  await offer()
  expect(await openedBy()).toEqual([false, false])
})

test('both halves and the passphrase seal it to the other key; the first key opens it no more', async () => {
  const { app, offer, openedBy, told, alarm, restart } = await aLaptopOfferedAnother()
  await offer()
  const { firstHalf, secondHalf } = told
  for (const wrong of [
    { firstHalf, secondHalf: firstHalf },
    { firstHalf: secondHalf, secondHalf: firstHalf },
    { firstHalf, secondHalf: '' },
    { firstHalf: '', secondHalf: '' },
    { firstHalf: firstHalf.slice(0, -1), secondHalf },
  ])
    expect(await codeOf(app().confirmRecoveryKey(ACCOUNT, wrong))).toBe('recovery/other-fingerprint')
  expect(await codeOf(app().confirmRecoveryKey('wrong', told))).toBe('session/wrong-passphrase')
  expect(await openedBy()).toEqual([true, false])
  expect(await codeOf(app().confirmRecoveryKey(ACCOUNT, { firstHalf: firstHalf.toUpperCase().replaceAll(' ', '-'), secondHalf }))).toBe('ok')
  expect(await openedBy()).toEqual([false, true])
  expect(alarm()).toBeUndefined()
  expect(await codeOf(app().confirmRecoveryKey(ACCOUNT, told))).toBe('request/not-found')
  unwrap(await (await restart()).unlock(ACCOUNT))
  await expect.poll(() => app().open?.sync.status().connection).toBe('online')
  expect(alarm()).toBeUndefined()
  expect(await openedBy()).toEqual([false, true])
})
