import { expect } from '@playwright/test'
import type { Settings, WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { framePage } from './pages/frame-page.ts'
import { waitUntilReady } from './pages/session-page.ts'
import type { people } from './people.ts'
import type { RapportApp } from './rapport-app.ts'

interface Stop {
  readonly name: string
  /** Brings the screen up and waits until it shows its data. Independent of the language. */
  visit(app: RapportApp): Promise<void>
}
export type Tour = readonly Stop[]

const to = (screen: Parameters<ReturnType<typeof framePage>['goTo']>[0], testId: string, name: string = screen): Stop => ({
  name,
  visit: async (app) => {
    await framePage(app).goTo(screen)
    await expect(app.page.getByTestId(testId)).toBeVisible()
  },
})

const household: Stop = {
  name: 'household',
  visit: async (app) => {
    await framePage(app).goTo('households')
    await app.page.getByTestId('household-row').first().click()
    await expect(app.page.getByTestId('household-page')).toBeVisible()
  },
}

const logWithOutcome: Stop = {
  name: 'log-outcome',
  visit: async (app) => {
    const { page } = app
    await framePage(app).goTo('households')
    await page.getByTestId('household-row').nth(3).click()
    await page.getByTestId('household-log').click()
    await expect(page.getByTestId('log-contact-screen')).toBeVisible()
    if ((await page.getByTestId('log-outcome').count()) === 0) await page.getByTestId('log-add-outcome').click()
    await expect(page.getByTestId('log-outcome')).toBeVisible()
  },
}

const caseOf = (state: string, name: string): Stop => ({
  name,
  visit: async ({ page }) => {
    await page.getByTestId('nav-verification').click()
    await page.getByTestId(`queue-state-${state}`).click()
    await page.getByTestId('queue-row').first().click()
    await expect(page.getByTestId('case-pane')).toBeVisible()
  },
})

/** The question before a decision; it is not answered. */
const question: Stop = {
  name: 'case-question',
  visit: async (app) => {
    await caseOf('claimed', 'claimed').visit(app)
    await app.page.getByTestId('case-reason').fill('No credit on any account of the household.')
    await app.page.getByTestId('case-reject').click()
    await expect(app.page.getByTestId('case-question')).toBeVisible()
  },
}

const feeds: Stop = {
  name: 'feeds',
  visit: async ({ page }) => {
    await page.getByTestId('nav-verification').click()
    await page.getByTestId('feeds-tab').click()
    await expect(page.getByTestId('feed-row').first()).toBeVisible()
  },
}

const everyone: Tour = [to('today', 'today-screen'), to('attention', 'attention-screen'), to('settings', 'settings-screen')]
const households: Tour = [to('households', 'households-screen'), household]

/** What each role can look at. */
export const tours: Readonly<Partial<Record<keyof typeof people, Tour>>> = {
  advisor: [...everyone, to('log', 'log-contact-screen'), logWithOutcome, ...households, to('follow-ups', 'follow-ups-screen')],
  supervisor: [to('today', 'today-screen'), ...households],
  controller: [to('today', 'today-screen'), to('verification', 'verification-screen'), caseOf('proposed', 'case'), question, caseOf('decided', 'case-decided'), feeds],
  compliance: [to('today', 'today-screen'), caseOf('proposed', 'case-read-only'), feeds],
  marketing: [to('today', 'today-screen')],
}

/** Changes settings as the settings screen does, and shows the page anew with them. */
export async function applySettings({ page }: RapportApp, settings: Partial<Settings>): Promise<void> {
  await page.evaluate((changes) => (globalThis as unknown as { api: WindowApi }).api.invoke('settings:set', changes), settings)
  await page.reload()
  await waitUntilReady(page)
}

/** Sets the size of the page itself, without the window's frame. */
export async function resizeWindow({ electron }: RapportApp, width: number, height: number): Promise<void> {
  await electron.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), { width, height })
}
