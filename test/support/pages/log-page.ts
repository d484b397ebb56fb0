import { expect, type Page } from '@playwright/test'
import type { RapportApp } from '../rapport-app.ts'
import { tabTo } from './keyboard.ts'

export interface PhoneCall {
  readonly household: string
  readonly subject: string
  readonly note?: string
  readonly initiative?: string
  readonly hasFollowUpIn2Weeks?: boolean
  readonly pledge?: { readonly amount: string; readonly iban: string; readonly expected: string }
}

/** The form that logs a contact, used without a mouse. */
export const logPage = ({ page }: Pick<RapportApp, 'page'>) => ({
  screen: page.getByTestId('log-contact-screen'),
  async logByKeyboard(call: PhoneCall): Promise<void> {
    await page.keyboard.press('Control+n')
    await expect(page.getByTestId('log-contact-screen')).toBeVisible()
    await tabTo(page, 'log-household')
    await page.keyboard.type(call.household)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('log-household')).not.toHaveAttribute('data-household-id', '')
    await page.keyboard.press('Alt+1')
    if ((await page.getByTestId('log-limit-reason').count()) > 0) {
      await tabTo(page, 'log-limit-reason')
      await page.keyboard.type('Asked for by the client')
    }
    await tabTo(page, 'log-subject')
    await page.keyboard.type(call.subject)
    if (call.note !== undefined) {
      await tabTo(page, 'log-note')
      await page.keyboard.type(call.note)
    }
    if (call.initiative !== undefined) await chooseInitiative(page, call.initiative)
    if (call.hasFollowUpIn2Weeks) {
      await tabTo(page, 'log-follow-up-none')
      await page.keyboard.press('4')
    }
    if (call.pledge) await addPledge(page, call.pledge)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByTestId('log-contact-screen')).toBeHidden()
  },
})

async function chooseInitiative(page: Page, name: string): Promise<void> {
  await tabTo(page, 'log-initiative')
  await page.keyboard.type(name)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

async function addPledge(page: Page, pledge: NonNullable<PhoneCall['pledge']>): Promise<void> {
  await tabTo(page, 'log-add-outcome')
  await page.keyboard.press('Enter')
  await tabTo(page, 'log-outcome-kind-deposit', 'Shift+Tab')
  await page.keyboard.press('2')
  await tabTo(page, 'log-outcome-amount')
  await page.keyboard.type(pledge.amount)
  await tabTo(page, 'log-outcome-account')
  const chosen = page.getByTestId('log-outcome-account').locator('option:checked')
  for (let step = 0; step < 20 && !(await chosen.textContent())?.includes(pledge.iban.slice(-4)); step += 1) await page.keyboard.press('ArrowDown')
  await tabTo(page, 'log-outcome-expected')
  await page.keyboard.type(pledge.expected)
}
