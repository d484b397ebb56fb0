import { expect } from '@playwright/test'
import type { RapportApp } from '../rapport-app.ts'

export interface FileToImport {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The controllers' screen: queue, case, statement files. */
export const verificationPage = ({ page }: Pick<RapportApp, 'page'>) => {
  const pane = page.getByTestId('case-pane')
  return {
    screen: page.getByTestId('verification-screen'),
    pane,
    rowOf: (claimId: string) => page.locator(`[data-testid="queue-row"][data-claim-id="${claimId}"]`),
    proposals: pane.getByTestId('case-proposal'),
    lines: pane.getByTestId('case-line'),
    decision: pane.getByTestId('case-decision'),
    evidence: pane.getByTestId('case-evidence'),
    feedRows: page.getByTestId('feed-row'),
    async open(): Promise<void> {
      await page.getByTestId('nav-verification').click()
      await expect(page.getByTestId('verification-screen')).toBeVisible()
    },
    async openFeeds(): Promise<void> {
      await page.getByTestId('feeds-tab').click()
      await expect(page.getByTestId('feed-drop')).toBeVisible()
    },
    async openQueue(): Promise<void> {
      await page.getByTestId('queue-tab').click()
    },
    /** Finds the case by its household, since only rows in sight exist. */
    async openCase(claimId: string, householdName: string): Promise<void> {
      await page.getByTestId('queue-search').fill(householdName)
      await page.locator(`[data-testid="queue-row"][data-claim-id="${claimId}"]`).click()
      await expect(pane).toHaveAttribute('data-claim-id', claimId)
    },
    /** Drops a file on the screen, as from the desktop. */
    async drop({ name, bytes }: FileToImport): Promise<void> {
      const transfer = await page.evaluateHandle(
        ({ name, text }) => {
          const data = new DataTransfer()
          data.items.add(new File([text], name, { type: 'application/xml' }))
          return data
        },
        { name, text: new TextDecoder().decode(bytes) },
      )
      await page.getByTestId('verification-screen').dispatchEvent('dragover', { dataTransfer: transfer })
      await page.getByTestId('verification-screen').dispatchEvent('drop', { dataTransfer: transfer })
    },
    async choose({ name, bytes }: FileToImport): Promise<void> {
      await page.getByTestId('feed-input').setInputFiles({ name, mimeType: 'application/xml', buffer: Buffer.from(bytes) })
    },
    async confirm(): Promise<void> {
      await page.getByTestId('case-confirm').click()
      await page.getByTestId('case-decide').click()
    },
  }
}
