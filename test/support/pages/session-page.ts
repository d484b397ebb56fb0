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

/** The frame marks the page once the first screen stands with its data. */
async function waitUntilReady(page: RapportApp['page']): Promise<void> {
  await expect(page.locator('html[data-ready="true"]')).toBeAttached({ timeout: 45_000 })
}
