import type { Page } from '@playwright/test'

const MOST_STOPS = 80

/** Presses Tab until the focus is on (or inside) the element with this test id: what a person without a mouse does. */
export async function tabTo(page: Page, testId: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop <= MOST_STOPS; stop += 1) {
    const isThere = await page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) != null, testId)
    if (isThere) return
    await page.keyboard.press(key)
  }
  throw new Error(`${MOST_STOPS} × ${key} did not reach ${testId}`)
}
