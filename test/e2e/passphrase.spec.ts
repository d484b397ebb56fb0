/** A person changes what opens their laptop: by keyboard, without a connection, and the server never learns it. */
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { passphrase, people } from '../support/people.ts'

const OWN = 'four words for a laptop'

test('the laptop’s passphrase is changed offline by keyboard; the old one opens nothing more, and the work is all there', async ({ firm }) => {
  let laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  await firm.stopServer()
  await framePage(laptop).waitUntilOffline()
  const { page } = laptop
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('passphrase-change').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('passphrase-present')).toBeFocused()
  const type = async (...words: readonly string[]) => {
    await page.getByTestId('passphrase-present').focus()
    for (const [i, text] of words.entries()) {
      await tabTo(page, ['passphrase-present', 'passphrase-next', 'passphrase-repeated'][i] ?? '')
      await page.keyboard.press('Control+A')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
  }
  await type(passphrase, 'too short', 'too short')
  await expect(page.getByTestId('passphrase-form')).toContainText('At least 15 characters')
  await type('not this one', OWN, OWN)
  await expect(page.getByTestId('passphrase-form').getByRole('alert')).toHaveAttribute('data-code', 'session/wrong-passphrase')
  await type(passphrase, OWN, OWN)
  await expect(page.getByTestId('passphrase-changed')).toBeVisible()
  await expect(page.getByTestId('passphrase-change')).toBeVisible()
  await laptop.kill()

  laptop = await firm.launch('advisor')
  await laptop.page.getByTestId('unlock-passphrase').fill(passphrase)
  await laptop.page.getByTestId('unlock-submit').click()
  await expect(laptop.page.getByTestId('unlock-error')).toHaveAttribute('data-code', 'session/wrong-passphrase')
  await sessionPage(laptop).unlock(OWN)
  await firm.startServer()
  await expect(laptop.page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'online', { timeout: 60_000 })
})

test('five wrong passphrases in the settings lock the app', async ({ firm }) => {
  const laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  await laptop.page.getByTestId('nav-settings').click()
  await laptop.page.getByTestId('passphrase-change').click()
  for (const name of ['next', 'repeated']) await laptop.page.getByTestId(`passphrase-${name}`).fill(OWN)
  const locked = laptop.electron.waitForEvent('window')
  for (let i = 1; i <= 5; i++) {
    await laptop.page.getByTestId('passphrase-present').fill(`wrong ${i}`)
    await laptop.page.getByTestId('passphrase-form-save').click()
    if (i < 5) await expect(laptop.page.getByTestId('passphrase-present')).toHaveValue('')
  }
  await expect((await locked).getByTestId('unlock-passphrase')).toBeVisible()
})
