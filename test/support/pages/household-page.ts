import { expect } from '@playwright/test'
import type { RapportApp } from '../rapport-app.ts'

/** A household's page. */
export const householdPage = ({ page }: Pick<RapportApp, 'page'>) => ({
  screen: page.getByTestId('household-page'),
  name: page.getByTestId('household-name'),
  claimOf: (claimId: string) => page.locator(`[data-testid="household-claim"][data-id="${claimId}"]`),
  claims: page.getByTestId('household-claim'),
  rows: page.getByTestId('household-row'),
  /** Finds it in the list by its name. */
  async open(name: string): Promise<void> {
    await this.search(name)
    await page.getByTestId('household-row').filter({ hasText: name }).first().click()
    await expect(page.getByTestId('household-name')).toContainText(name)
  },
  async search(name: string): Promise<void> {
    await page.getByTestId('nav-households').click()
    await page.getByTestId('households-search').fill(name)
  },
})
