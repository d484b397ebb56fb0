import { expect } from '@playwright/test'
import type { RapportApp } from '../rapport-app.ts'

export type ScreenName = 'today' | 'log' | 'households' | 'follow-ups' | 'verification' | 'attention' | 'settings'

/** Rail and bar. */
export const framePage = ({ page }: Pick<RapportApp, 'page'>) => ({
  syncState: page.getByTestId('sync-state'),
  async goTo(screen: ScreenName): Promise<void> {
    await page.getByTestId(`nav-${screen}`).click()
  },
  /** Everything that was made here is on the server. */
  async waitUntilSent(): Promise<void> {
    await expect(page.getByTestId('sync-state')).toHaveAttribute('data-unsent', '0', { timeout: 30_000 })
    await expect(page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'online', { timeout: 30_000 })
  },
  async waitUntilOffline(): Promise<void> {
    await expect(page.getByTestId('sync-state')).toHaveAttribute('data-connection', 'offline', { timeout: 60_000 })
  },
})
