/** What README and the guide tell a person to try first, by keyboard. */
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { findStage } from '../support/stage.ts'

const LINE = 'call Nagy 25min pledged 800M HUF by 15 Dec, follow up in 2 weeks'

test('one typed line fills the form; of several households of that name the person chooses, and what was typed waits for who is called away', async ({ firm }) => {
  const laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  const { page } = laptop
  await page.keyboard.press('Control+n')
  await expect(page.getByTestId('log-quick')).toBeFocused()
  await page.keyboard.type(LINE)
  await page.keyboard.press('Escape') // called away
  await expect(page.getByTestId('log-contact-screen')).toBeHidden()
  await page.keyboard.press('Control+n')
  await expect(page.getByTestId('log-quick')).toHaveValue(LINE)
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('log-household')).toBeFocused()
  await expect(page.getByTestId('log-household')).toHaveValue('nagy')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('log-household')).toHaveValue(/^Nagy/)
  await expect(page.getByTestId('log-outcome-amount')).toHaveValue(/800,000,000/)
  await expect(page.getByTestId('log-quick-understood')).not.toContainText('Several')
  await page.keyboard.press('Control+Enter')
  if (await page.getByTestId('log-error').isVisible()) {
    await expect(page.getByTestId('log-outcome-account')).toBeFocused() // several accounts in that currency: the person says where the money arrives
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+Enter')
  }
  await expect(page.getByTestId('household-page')).toBeVisible()
  await framePage(laptop).waitUntilSent()
})

test('no account makes euros of forints, and a day or time that is not understood stops the saving', async ({ firm }) => {
  const laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  const { page } = laptop
  const stage = await findStage(firm.url)
  await page.keyboard.press('Control+n')
  await tabTo(page, 'log-household')
  await page.keyboard.type(stage.household.name)
  await page.keyboard.press('Enter')
  await page.getByTestId('log-direction-inbound').click() // no limit counts
  await page.getByTestId('log-add-outcome').click()
  await page.getByTestId('log-outcome-amount').fill('2m HUF')
  await page.getByTestId('log-outcome-account').selectOption(stage.account.id)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('log-outcome')).toContainText('another currency')
  await expect(page.getByTestId('log-outcome-amount')).toHaveValue('2m HUF')
  await page.getByTestId('log-outcome-amount').fill('2m eur')
  await page.getByTestId('log-outcome-expected').fill('some day')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('log-outcome-expected')).toBeFocused()
  await expect(page.getByTestId('log-contact-screen')).toBeVisible()
  await page.getByTestId('log-outcome-expected').fill('15 dec')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('household-page')).toBeVisible()
})
