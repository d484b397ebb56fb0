import type { RapportApp } from '../../support/rapport-app.ts'
import { readMarks, watchPage } from '../electron/bench-app.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { quantile } from '../harness/measure.ts'

const QUERIES = 12
const LONG_MS = 10_000

/** Keystroke → hits on the screen, letter by letter, over everything on the laptop. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { firm, app, entryCount } = await openFilledLaptop(context)
  await app.page.waitForTimeout(3_000) // a person looks at Today first; names are folded in that time
  await watchPage(app.page)
  const words = wordsOf(firm.plan.household(0).contactEntries.map((entry) => entry.note))
  const times: number[] = []
  for (const word of words.slice(0, QUERIES)) times.push(...(await typeQuery(app, word)))
  const { longestMs } = await readMarks(app.page)
  return [
    { what: `keystroke → hits, p95, ${entryCount} entries`, value: quantile(times, 0.95), unit: 'ms', goal: { most: 50 } },
    { what: 'the same, median', value: quantile(times, 0.5), unit: 'ms' },
    { what: 'longest task of the page meanwhile', value: longestMs, unit: 'ms', goal: { most: 50 } },
  ]
}

const wordsOf = (texts: readonly string[]): readonly string[] => [...new Set(texts.flatMap((text) => text.split(/[\s.,]+/)).filter((word) => word.length >= 5))]

/** Types a word of a note into the search of the bar. @returns ms of each letter from the third on */
async function typeQuery({ page }: RapportApp, word: string): Promise<readonly number[]> {
  await page.keyboard.press('Control+k')
  await page.getByTestId('spotlight-search').waitFor()
  const letters = [...word.slice(0, 6)]
  const times: number[] = []
  for (const [i, letter] of letters.entries()) {
    await page.evaluate(() => {
      performance.clearMarks('rapport.found')
      addEventListener('keydown', () => performance.mark('bench.key'), { capture: true, once: true })
    })
    await page.keyboard.type(letter)
    if (i < 2) continue
    await page.waitForFunction(() => performance.getEntriesByName('rapport.found').length > 0, undefined, { timeout: LONG_MS })
    times.push(
      await page.evaluate(() => (performance.getEntriesByName('rapport.found')[0]?.startTime ?? Number.NaN) - (performance.getEntriesByName('bench.key').at(-1)?.startTime ?? 0)),
    )
  }
  await page.keyboard.press('Escape')
  await page.getByTestId('spotlight-search').waitFor({ state: 'hidden' })
  return times
}
