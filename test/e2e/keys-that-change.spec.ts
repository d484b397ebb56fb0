/** What opens a laptop changes around it: the system's keychain, for which a stand-in answers, and the firm's recovery key. */
import { fingerprintHalvesOf } from '../../main/vault/recovery-wrap.ts'
import { expect, test } from '../support/fixtures.ts'
import { answerDialogs, openAtOtherKey } from '../support/other-recovery-key.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { passphrase, people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'

/** Stands for the operating system's keychain, which this machine has none of. @param key another one opens nothing of it */
const giveKeychain = ({ electron }: RapportApp, backend: string, key: number) =>
  electron.evaluate(
    ({ safeStorage }, chain) => {
      safeStorage.isEncryptionAvailable = () => true
      safeStorage.getSelectedStorageBackend = () => chain.backend as ReturnType<typeof safeStorage.getSelectedStorageBackend>
      safeStorage.encryptString = (text) => Buffer.concat([Buffer.from([chain.key]), Buffer.from(text).map((byte) => byte ^ chain.key)])
      safeStorage.decryptString = (bytes) => {
        if (bytes[0] !== chain.key) throw new Error('another key')
        return Buffer.from(bytes.subarray(1).map((byte) => byte ^ chain.key)).toString()
      }
    },
    { backend, key },
  )

test('a keychain that is gone or another one is named, costs no guess, and the laptop opens when it is back', async ({ firm }) => {
  let laptop = await firm.launch('advisor')
  await giveKeychain(laptop, 'gnome_libsecret', 0x5a)
  await sessionPage(laptop).signIn(people.advisor)
  await laptop.kill()

  laptop = await firm.launch('advisor')
  expect(await laptop.electron.evaluate(({ app }) => app.commandLine.getSwitchValue('password-store'))).toBe('gnome-libsecret')
  const tryToUnlock = async () => {
    await laptop.page.getByTestId('unlock-passphrase').fill(passphrase)
    await laptop.page.getByTestId('unlock-submit').click()
  }
  await tryToUnlock()
  await expect(laptop.page.getByTestId('unlock-error')).toHaveAttribute('data-code', 'session/keychain-missing')
  await expect(laptop.page.getByTestId('unlock-sign-in')).toBeVisible()
  await giveKeychain(laptop, 'kwallet6', 0x33)
  await tryToUnlock()
  await expect(laptop.page.getByTestId('unlock-error')).toHaveAttribute('data-code', 'session/keychain-missing')
  await giveKeychain(laptop, 'kwallet6', 0x5a)
  await sessionPage(laptop).unlock()
  await laptop.kill()

  laptop = await firm.launch('advisor')
  expect(await laptop.electron.evaluate(({ app }) => app.commandLine.getSwitchValue('password-store'))).toBe('kwallet6')
})

test('another recovery key is told above every screen, and sealed to only with both halves, the passphrase and a yes to main', async ({ firm }) => {
  const { laptop, sealedTo, offered } = await openAtOtherKey(firm)
  const { page } = laptop
  await expect(page.getByTestId('alarm')).toHaveAttribute('data-code', 'recovery/key-changed', { timeout: 60_000 })
  await page.getByTestId('nav-settings').click()
  await expect(page.getByTestId('recovery-fingerprint')).toHaveText(fingerprintHalvesOf(sealedTo).join(' '))
  await page.getByTestId('recovery-change').click()
  const [firstHalf, secondHalf] = fingerprintHalvesOf(offered)
  await expect(page.locator('body')).not.toContainText(firstHalf)
  await answerDialogs(laptop, [1, 0])
  const confirm = async (half: string) => {
    await page.getByTestId('recovery-firstHalf').fill(firstHalf)
    await page.getByTestId('recovery-secondHalf').fill(half)
    await page.getByTestId('recovery-present').fill(passphrase)
    await page.getByTestId('recovery-form-save').click()
  }
  await confirm(secondHalf) // the person says no to main
  await expect(page.getByTestId('recovery-change')).toBeVisible()
  await page.getByTestId('recovery-change').click()
  await confirm(firstHalf)
  await expect(page.getByTestId('recovery-form').getByRole('alert')).toHaveAttribute('data-code', 'recovery/other-fingerprint')
  await confirm(secondHalf)
  await expect(page.getByTestId('recovery-fingerprint')).toHaveText(fingerprintHalvesOf(offered).join(' '))
  await expect(page.getByTestId('alarm')).toBeHidden()
  await framePage(laptop).waitUntilSent()
})
