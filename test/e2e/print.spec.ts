/** What a household and the lists look like on paper: whole, black on white, with a head that says whose it is. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { projectRoot } from '../support/project.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { applySettings, resizeWindow } from '../support/tours.ts'

const folder = join(projectRoot, 'artifacts', 'screens')

/** As the menu prints, into a file. @returns its pages */
async function printed({ electron }: RapportApp, name: string): Promise<number> {
  const base64 = await electron.evaluate(async ({ BrowserWindow }) => {
    const pdf = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true })
    return pdf?.toString('base64') ?? ''
  })
  const pdf = Buffer.from(base64, 'base64')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.pdf`), pdf)
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

/** What stands on the paper, by the page's own styles. */
async function onPaper<T>({ page }: RapportApp, look: () => Promise<T>): Promise<T> {
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  try {
    return await look()
  } finally {
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: null })
  }
}

test('a household, follow-ups and the queue on paper, and rows in the clipboard', async ({ firm }) => {
  test.setTimeout(300_000)
  const laptop = await firm.launch('advisor')
  const { page } = laptop
  await resizeWindow(laptop, 1_280, 800)
  await sessionPage(laptop).signIn(people.advisor)
  await applySettings(laptop, { theme: 'dark', language: 'de' })

  await test.step('a household with all of its contacts, without what only a hand can use', async () => {
    await framePage(laptop).goTo('households')
    await page.getByTestId('household-row').first().click()
    await expect(page.getByTestId('timeline')).toBeVisible()
    const name = await page.getByTestId('household-name').textContent()
    const count = Number(((await page.getByTestId('timeline').locator('h2').textContent()) ?? '').replaceAll(/\D/g, ''))
    await onPaper(laptop, async () => {
      await expect(page.getByTestId('print-head')).toContainText(name ?? '')
      await expect(page.getByTestId('print-head')).toContainText('Haushalte')
      await expect(page.getByTestId('timeline-entry')).toHaveCount(count)
      await expect(page.getByTestId('nav-today')).toBeHidden()
      await expect(page.getByTestId('households-list')).toBeHidden()
      await expect(page.getByTestId('household-log')).toBeHidden()
      const colours = await page.getByTestId('household-name').evaluate((title) => [getComputedStyle(title).color, document.body.scrollWidth <= innerWidth])
      expect(colours).toEqual(['rgb(0, 0, 0)', true])
    })
    await expect(page.getByTestId('print-head')).toBeHidden()
    expect(await printed(laptop, 'print-household')).toBeGreaterThan(1)
  })

  await test.step('every follow-up of the list', async () => {
    await page.keyboard.press('Control+3')
    await expect(page.getByTestId('follow-ups-list')).toBeFocused() // the list that had the focus is gone with its screen
    await page.getByTestId('follow-ups-scope-all').click()
    const count = Number(await page.getByTestId('follow-ups-list').getAttribute('aria-rowcount'))
    await page.getByTestId('follow-up-row').nth(2).click()
    await resizeWindow(laptop, 960, 800) // as narrow as paper: list and pane one after the other
    await onPaper(laptop, async () => {
      await expect(page.getByTestId('follow-ups-list')).toBeVisible()
      await expect(page.getByTestId('follow-ups-list').getByRole('row')).toHaveCount(count)
      await expect(page.getByTestId('follow-up-pane')).toBeHidden()
    })
    await resizeWindow(laptop, 1_280, 800)
    expect(await printed(laptop, 'print-follow-ups')).toBeGreaterThan(0)
    await expect.poll(() => page.getByTestId('follow-ups-list').getByRole('row').count()).toBeLessThanOrEqual(count)
  })

  await test.step('the chosen row is copied as a row of a sheet', async () => {
    await page.getByTestId('follow-ups-list').focus()
    await page.keyboard.press('Control+C')
    const title = await page.getByTestId('follow-up-pane').getAttribute('aria-label')
    await expect.poll(() => laptop.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain(`${title}\t`)
  })
  await laptop.close()

  await test.step('the queue of a controller', async () => {
    const other = await firm.launch('controller')
    await resizeWindow(other, 1_280, 800)
    await sessionPage(other).signIn(people.controller)
    await framePage(other).goTo('verification')
    await expect(other.page.getByTestId('queue-row').first()).toBeVisible()
    const count = Number(await other.page.getByTestId('verification-queue').getAttribute('aria-rowcount'))
    await onPaper(other, () => expect(other.page.getByTestId('queue-row')).toHaveCount(count))
    expect(await printed(other, 'print-queue')).toBeGreaterThan(0)
  })
})
