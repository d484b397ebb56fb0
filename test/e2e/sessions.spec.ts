/** Ways in and out that are not the everyday one: the office's identity provider, and a laptop that was lost. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { browserOf, endSessions } from '../support/office-sign-in.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { sessionPage, waitUntilReady } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'

const LAPTOP_PASSPHRASE = 'four words for a laptop'

/** Vault folders that still hold wrapped keys. */
const vaultsOf = ({ userData }: RapportApp): readonly string[] => {
  const folder = join(userData, 'vaults')
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'header.json'))) : []
}

test('a lost laptop that is withdrawn from another one loses its keys at the next contact, and says so', async ({ firm }) => {
  const lost = await firm.launch('lost')
  await sessionPage(lost).signIn(people.advisor)
  const mine = await firm.launch('mine')
  await sessionPage(mine).signIn(people.advisor)
  await mine.page.getByTestId('nav-settings').click()
  const rows = mine.page.getByTestId('device-row').filter({ has: mine.page.getByTestId('device-revoke') })
  await expect(rows).toHaveCount(1)
  expect(vaultsOf(lost)).toHaveLength(1)
  const asked = await answerQuestions(mine, [false, true])
  await mine.page.getByTestId('device-revoke').click()
  await expect.poll(asked).toHaveLength(1)
  expect(vaultsOf(lost)).toHaveLength(1)
  await mine.page.getByTestId('device-revoke').click()
  const showsNotice = async () => (await lost.electron.windows().at(-1)?.getByTestId('sign-in-notice').isVisible()) ?? false
  await expect.poll(() => showsNotice().catch(() => false), { timeout: 90_000 }).toBe(true) // the old window closes in between
  expect(vaultsOf(lost)).toEqual([])
  await expect(mine.page.getByTestId('device-row')).toHaveCount(2)
  await expect(mine.page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'online')
})

test('a colleague signs in through the office’s identity provider, seals the laptop, and signs in again when the server asks', async ({ firm }) => {
  const provider = await startIdentityProvider([{ id: 'anna', email: people.advisor, isEmailVerified: true }])
  try {
    await firm.stopServer()
    await firm.startServer({ RAPPORT_OIDC_ISSUER: provider.issuer, RAPPORT_OIDC_CLIENT_ID: provider.clientId, RAPPORT_OIDC_NAME: 'Office account' })
    const laptop = await firm.launch('advisor')
    const browse = await browserOf(laptop)
    await laptop.page.getByTestId('sign-in-office').click()
    await browse('anna')
    await laptop.page.getByTestId('laptop-passphrase').fill('too short')
    await laptop.page.getByTestId('laptop-passphrase-submit').click()
    await expect(laptop.page.getByTestId('laptop-passphrase-screen')).toContainText('15')
    for (const field of ['laptop-passphrase', 'laptop-passphrase-again']) await laptop.page.getByTestId(field).fill(LAPTOP_PASSPHRASE)
    await laptop.page.getByTestId('laptop-passphrase-submit').click()
    await waitUntilReady(laptop.page)
    await endSessions(firm.server.dataDir)
    await expect(laptop.page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'signInNeeded', { timeout: 90_000 })
    await framePage(laptop).syncState.click()
    await laptop.page.getByTestId('sign-in-again-submit').click()
    await browse('anna')
    await expect(laptop.page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'online', { timeout: 30_000 })
    await laptop.kill()
    const reopened = await firm.launch('advisor')
    await sessionPage(reopened).unlock(LAPTOP_PASSPHRASE)
    await expect(reopened.page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'online', { timeout: 30_000 })
  } finally {
    await provider.close()
  }
})

/** Stands for the person in front of main's own dialogs. Answers what they were asked so far. */
async function answerQuestions(laptop: RapportApp, goesOn: readonly boolean[]): Promise<() => Promise<readonly string[]>> {
  await laptop.electron.evaluate(({ dialog }, answers) => {
    const asked: string[] = []
    Object.assign(globalThis, { askedQuestions: asked })
    dialog.showMessageBox = (async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message)
      return { response: answers[asked.length - 1] ? 0 : 1, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
  }, goesOn)
  return () => laptop.electron.evaluate(() => (globalThis as unknown as { askedQuestions: string[] }).askedQuestions)
}
