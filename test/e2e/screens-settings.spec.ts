/** Pictures of what changes the keys of a laptop, with what is wrong at each field: light and dark, in each language. All of it by keyboard. */
import { expect, test } from '../support/fixtures.ts'
import { look, looks } from '../support/looks.ts'
import { answerDialogs, openAtOtherKey } from '../support/other-recovery-key.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { passphrase } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { applySettings, resizeWindow } from '../support/tours.ts'

/** Types into the fields in their order, from the one that has the focus, and saves. */
async function typeAll({ page }: RapportApp, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [testId, text] of Object.entries(fields)) {
    await tabTo(page, testId)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Enter')
}

/** Both forms with their errors, once. */
async function lookAtForms(laptop: RapportApp, each: (typeof looks)[number]): Promise<void> {
  const { page } = laptop
  const opens = async (button: string, first: string) => {
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId(first)).toBeFocused()
  }
  const leaves = async (button: string) => {
    await page.keyboard.press('Escape')
    await expect(page.getByTestId(button)).toBeFocused()
  }
  await opens('passphrase-change', 'passphrase-present')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('passphrase-present')).toHaveAttribute('aria-invalid', 'true')
  await typeAll(laptop, { 'passphrase-present': passphrase, 'passphrase-next': 'too short', 'passphrase-repeated': 'otherwise' })
  await expect(page.getByTestId('passphrase-next')).toBeFocused()
  await look(laptop, 'passphrase-problems', each)
  await typeAll(laptop, { 'passphrase-next': passphrase })
  await expect(page.getByTestId('passphrase-next')).toHaveAttribute('aria-invalid', 'true')
  await leaves('passphrase-change')
  await opens('passphrase-change', 'passphrase-present')
  await expect(page.getByTestId('passphrase-present')).toHaveValue('')
  await leaves('passphrase-change')
  await opens('recovery-change', 'recovery-firstHalf')
  await typeAll(laptop, { 'recovery-firstHalf': '0123 4567 89ab cdef' })
  await expect(page.getByTestId('recovery-secondHalf')).toBeFocused()
  await look(laptop, 'recovery-problems', each)
  await typeAll(laptop, { 'recovery-secondHalf': '0123 4567 89ab cdef', 'recovery-present': passphrase })
  await expect(page.getByTestId('recovery-form').getByRole('alert')).toHaveAttribute('data-code', 'recovery/other-fingerprint')
  await expect(page.getByTestId('recovery-firstHalf')).toBeFocused()
  await expect(page.getByTestId('recovery-present')).toHaveValue('')
  await look(laptop, 'recovery-refused', each)
  await leaves('recovery-change')
}

test('the forms for the passphrase and the recovery key, with what is wrong in them', async ({ firm }) => {
  test.setTimeout(300_000)
  const { laptop } = await openAtOtherKey(firm)
  await resizeWindow(laptop, 1_280, 800)
  await answerDialogs(laptop, [])
  for (const each of looks) {
    await applySettings(laptop, each)
    await framePage(laptop).goTo('settings')
    await expect(laptop.page.getByTestId('recovery-change')).toBeVisible({ timeout: 60_000 })
    await lookAtForms(laptop, each)
  }
  const { page } = laptop
  await tabTo(page, 'passphrase-change', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await typeAll(laptop, { 'passphrase-present': 'not this one', 'passphrase-next': 'four words for a laptop', 'passphrase-repeated': 'four words for a laptop' })
  await expect(page.getByTestId('passphrase-form').getByRole('alert')).toHaveAttribute('data-code', 'session/wrong-passphrase')
  await expect(page.getByTestId('passphrase-present')).toBeFocused()
  await look(laptop, 'passphrase-wrong', { theme: 'dark', language: 'hu' })
  await typeAll(laptop, { 'passphrase-present': passphrase })
  await expect(page.getByTestId('passphrase-changed')).toBeVisible()
  await expect(page.getByTestId('passphrase-change')).toBeFocused()
})
