/** Every screen is usable with a screen reader and a keyboard: no serious or critical finding, light and dark. */
import { listFindings } from '../support/axe-findings.ts'
import { expect, test } from '../support/fixtures.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { applySettings, type Tour, tours } from '../support/tours.ts'

test('before the sign-in', async ({ firm }) => {
  const { page } = await firm.launch('advisor')
  await page.getByTestId('sign-in-email').waitFor()
  expect(await listFindings(page)).toEqual([])
})

for (const [role, tour] of Object.entries(tours) as [keyof typeof tours, Tour][]) {
  test(`the screens of ${role}`, async ({ firm }) => {
    test.setTimeout(240_000)
    const laptop = await firm.launch(role)
    await sessionPage(laptop).signIn(people[role])
    for (const theme of ['light', 'dark'] as const) {
      await applySettings(laptop, { theme })
      for (const stop of tour) {
        await stop.visit(laptop)
        expect.soft(await listFindings(laptop.page), `${stop.name}, ${theme}`).toEqual([])
      }
    }
    expect(laptop.problems).toEqual([])
  })
}
