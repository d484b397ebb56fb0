/** What README and the guide tell a person to try first, by keyboard. */
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'

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
