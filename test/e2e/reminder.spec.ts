/** A promise is remembered: the notification comes at its time although the window is closed. */
import { expect, test } from '../support/fixtures.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { findStage } from '../support/stage.ts'

interface Notices {
  readonly __rapportNotifications: readonly { readonly id: string; readonly title: string; readonly body: string }[]
  readonly __rapportClickNotification: (id: string) => void
}

/** The next full minute that is at least 15 s away, on this laptop's clock. */
function soon(): { readonly day: 'today' | 'tomorrow'; readonly time: string } {
  const at = new Date(Date.now() + 75_000)
  const time = `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
  return { day: at.getDate() === new Date().getDate() ? 'today' : 'tomorrow', time }
}

test('a reminder shows at its time with the window closed, and its click opens the follow-up', async ({ firm }) => {
  test.setTimeout(240_000)
  const stage = await findStage(firm.url)
  const { page, electron } = await firm.launch('advisor').then(async (laptop) => {
    await sessionPage(laptop).signIn(people.advisor)
    return laptop
  })
  await page.keyboard.press('Control+n')
  await expect(page.getByTestId('log-contact-screen')).toBeVisible()
  await tabTo(page, 'log-household')
  await page.keyboard.type(stage.household.name)
  await page.keyboard.press('Enter')
  const { day, time } = soon()
  await page.getByTestId('log-follow-up-day').fill(day)
  await page.getByTestId('log-follow-up-title').fill('Ring back about the vineyard')
  await page.getByTestId('log-follow-up-time').fill(time)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('log-contact-screen')).toBeHidden()

  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const isWindowShown = () => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible()))
  expect(await isWindowShown()).toBe(false)
  const reminders = () => electron.evaluate(() => (globalThis as unknown as Notices).__rapportNotifications.filter(({ id }) => id !== 'tray-hint'))
  await expect.poll(reminders, { timeout: 100_000, intervals: [1_000] }).toHaveLength(1)
  const [reminder] = await reminders()
  expect(`${reminder?.title} ${reminder?.body}`).toBe('A follow-up is due Open Rapport to see it.')

  await electron.evaluate((_electron, id) => (globalThis as unknown as Notices).__rapportClickNotification(id), reminder?.id ?? '')
  await expect.poll(isWindowShown).toBe(true)
  await expect(page.getByTestId('follow-ups-screen')).toBeVisible()
  await expect(page.getByTestId('follow-ups-screen')).toContainText('Ring back about the vineyard')
})
