import { expect } from '@playwright/test'
import { passphrase } from '../people.ts'
import type { RapportApp } from '../rapport-app.ts'

/** The screens before the work: sign-in online, unlocking offline. */
export const sessionPage = ({ page }: Pick<RapportApp, 'page'>) => ({
  async signIn(email: string, words = passphrase): Promise<void> {
    await page.getByTestId('sign-in-email').fill(email)
    await page.getByTestId('sign-in-passphrase').fill(words)
    await page.getByTestId('sign-in-submit').click()
    await waitUntilReady(page)
  },
  async unlock(words = passphrase): Promise<void> {
    await page.getByTestId('unlock-passphrase').fill(words)
    await page.getByTestId('unlock-submit').click()
    await waitUntilReady(page)
  },
})

/** The first screen stands, with all rows that belong on this laptop. */
export async function waitUntilReady(page: RapportApp['page']): Promise<void> {
  await expect(page.locator('main:not(:has([aria-busy="true"])) > [data-testid]').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByTestId('sync-state')).toBeVisible() // the screens before the work have none
}
