/** Pictures of the ways in that are not the everyday one, and of the list of laptops: light and dark, in each language. Nothing serious for axe. */
import { findRunning } from '../../server/db/embedded/find-running.ts'
import { openClient } from '../../server/db/open-database.ts'
import type { Settings, WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { look, looks } from '../support/looks.ts'
import { browserOf, endSessions } from '../support/office-sign-in.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { waitUntilReady } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { applySettings, resizeWindow } from '../support/tours.ts'

const LAPTOP_PASSPHRASE = 'four words for a laptop'

/** As `applySettings`, before there is a session. */
async function applyBefore({ page }: RapportApp, settings: Partial<Settings>): Promise<void> {
  await page.evaluate((changes) => (globalThis as unknown as { api: WindowApi }).api.invoke('settings:set', changes), settings)
  await page.reload()
  await expect(page.getByTestId('sign-in-office')).toBeVisible()
}

/** Laptops that somebody has had over the years, one with the longest name that is taken. */
async function nameLaptops(dataDir: string): Promise<void> {
  const client = await openClient(must(findRunning(dataDir), 'running database'))
  try {
    await client.query(`UPDATE device SET name = repeat('Donaudampfschifffahrt ', 4) WHERE id = (SELECT id FROM device ORDER BY id LIMIT 1)`)
    await client.query('UPDATE device SET revoked_at_ms = 1770000000000 WHERE id = (SELECT id FROM device ORDER BY id OFFSET 1 LIMIT 1)')
  } finally {
    await client.end()
  }
}

test('the office’s sign-in, the laptop’s passphrase, the list of laptops and signing in again', async ({ firm }) => {
  test.setTimeout(300_000)
  const provider = await startIdentityProvider([{ id: 'anna', email: people.advisor, isEmailVerified: true }])
  try {
    await firm.stopServer()
    await firm.startServer({ RAPPORT_OIDC_ISSUER: provider.issuer, RAPPORT_OIDC_CLIENT_ID: provider.clientId, RAPPORT_OIDC_NAME: 'Szabó, Ferenczy & Partner Vermögensverwaltung' })
    for (let laptops = 0; laptops < 12; laptops++) await ApiClient.signIn(firm.url, people.advisor)
    await nameLaptops(firm.server.dataDir)
    const laptop = await firm.launch('advisor')
    await resizeWindow(laptop, 1_280, 800)
    const browse = await browserOf(laptop)
    const { page } = laptop
    for (const each of looks) {
      await applyBefore(laptop, each)
      await look(laptop, 'sign-in', each)
      await page.getByTestId('sign-in-office').click()
      await look(laptop, 'sign-in-waiting', each)
      await browse('anna')
      await page.getByTestId('laptop-passphrase').fill('short')
      await page.getByTestId('laptop-passphrase-submit').click()
      await look(laptop, 'laptop-passphrase', each)
    }
    for (const field of ['laptop-passphrase', 'laptop-passphrase-again']) await page.getByTestId(field).fill(LAPTOP_PASSPHRASE)
    await page.getByTestId('laptop-passphrase-submit').click()
    await waitUntilReady(page)
    for (const each of looks) {
      await applySettings(laptop, each)
      await framePage(laptop).goTo('settings')
      await page.getByTestId('device-list').evaluate((list) => list.scrollIntoView({ block: 'start' }))
      await expect(page.getByTestId('device-row').first()).toBeVisible()
      await look(laptop, 'laptops', each)
    }
    await endSessions(firm.server.dataDir)
    await expect(page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'signInNeeded', { timeout: 90_000 })
    for (const each of looks) {
      await applySettings(laptop, each)
      await framePage(laptop).syncState.click()
      await expect(page.getByTestId('sign-in-again-submit')).toBeVisible()
      await look(laptop, 'sign-in-again', each)
    }
  } finally {
    await provider.close()
  }
})
