import { expect } from '@playwright/test'
import type { RapportApp } from '../rapport-app.ts'

/** "Needs attention": what the server refused. */
export const attentionPage = ({ page }: Pick<RapportApp, 'page'>) => {
  const items = page.getByTestId('attention-item')
  const pane = page.getByTestId('attention-pane')
  return {
    items,
    pane,
    reason: pane.getByTestId('attention-reason'),
    async open(): Promise<void> {
      await page.getByTestId('nav-attention').click()
      await expect(page.getByTestId('attention-screen')).toBeVisible()
    },
    async choose(index: number): Promise<void> {
      await items.nth(index).click()
      await expect(pane).toBeVisible()
    },
    /** The list names kind and household; the pane shows the subject. */
    async chooseBySubject(subject: string): Promise<void> {
      for (let index = 0; index < (await items.count()); index += 1) {
        await items.nth(index).click()
        await expect(items.nth(index)).toHaveAttribute('aria-selected', 'true')
        if ((await pane.textContent())?.includes(subject)) return
      }
      throw new Error(`No refused entry has the subject ${subject}`)
    },
  }
}
