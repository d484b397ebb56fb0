/** Pictures of every screen, light and dark, in each language, at 1280 × 800, into artifacts/screens. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import { projectRoot } from '../support/project.ts'
import { applySettings, resizeWindow, type Tour, tours } from '../support/tours.ts'

const folder = join(projectRoot, 'artifacts', 'screens')

for (const [role, tour] of Object.entries(tours) as [keyof typeof tours, Tour][]) {
  test(`the screens of ${role}`, async ({ firm }) => {
    test.setTimeout(400_000)
    mkdirSync(folder, { recursive: true })
    const laptop = await firm.launch(role)
    await resizeWindow(laptop, 1_280, 800)
    await sessionPage(laptop).signIn(people[role])
    for (const theme of ['light', 'dark'] as const) {
      for (const language of ['en', 'de', 'hu'] as const) {
        await applySettings(laptop, { theme, language })
        for (const stop of tour) {
          await stop.visit(laptop)
          const shot = await laptop.page.screenshot({ path: join(folder, `${role}-${stop.name}-${theme}-${language}.png`), animations: 'disabled' })
          expect(shot.length).toBeGreaterThan(10_000) // an empty page packs to less
        }
      }
    }
    expect(laptop.problems).toEqual([])
  })
}
