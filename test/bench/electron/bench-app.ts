import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchApp, type RapportApp } from '../../support/rapport-app.ts'
import { PASSPHRASE } from '../firm/fill-firm.ts'
import type { BenchContext } from '../harness/bench.ts'

export const SUPERVISOR = 'sara.lang@bench.example'
const LONG_MS = 10 * 60_000

/** Starts the built app in real Electron; the same name again is the same laptop. */
export async function openApp({ folder, defer }: Pick<BenchContext, 'folder' | 'defer'>, serverUrl: string, laptop = 'laptop'): Promise<RapportApp> {
  const userData = join(folder, laptop)
  mkdirSync(userData, { recursive: true })
  const app = await launchApp({ userData, serverUrl })
  defer(app.close)
  return app
}

/** Types what a person types; `submit` then presses Enter, from where the clock runs. */
export async function fillSignIn({ page }: RapportApp, email: string): Promise<() => Promise<void>> {
  await page.getByTestId('sign-in-email').fill(email)
  await page.getByTestId('sign-in-passphrase').fill(PASSPHRASE)
  return () => page.getByTestId('sign-in-passphrase').press('Enter')
}

export async function fillUnlock({ page }: Pick<RapportApp, 'page'>): Promise<() => Promise<void>> {
  await page.getByTestId('unlock-passphrase').fill(PASSPHRASE)
  return () => page.getByTestId('unlock-passphrase').press('Enter')
}

/** What the page has noted: the first time of each mark, in ms since 1970, and its tasks over 50 ms. */
export interface PageMarks {
  readonly at: Readonly<Record<string, number>>
  readonly longestMs: number
  readonly longTasks: readonly (readonly [atMs: number, ms: number])[]
}

type Page = Pick<RapportApp['page'], 'evaluate' | 'waitForFunction'>

/** From now on the page notes tasks over 50 ms and when Enter was pressed. */
export async function watchPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    const tasks: [number, number][] = []
    Object.assign(globalThis, { benchTasks: tasks })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) tasks.push([performance.timeOrigin + startTime, duration])
    }).observe({ type: 'longtask' })
    addEventListener('keydown', (event) => event.key === 'Enter' && performance.mark('bench.enter'), { capture: true })
  })
}

/** Waits until the page has noted the mark: 'usable' = a screen of the app stands, 'ready' = every row is here and searchable. */
export async function waitForMark(page: Page, name: string): Promise<void> {
  await page.waitForFunction((mark) => performance.getEntriesByName(`rapport.${mark}`).length > 0, name, { timeout: LONG_MS, polling: 100 })
}

export async function readMarks(page: Page): Promise<PageMarks> {
  const { at, tasks } = await page.evaluate(() => {
    const at: Record<string, number> = {}
    for (const { name, startTime } of performance.getEntriesByType('mark')) at[name.replace('rapport.', '')] ??= performance.timeOrigin + startTime
    return { at, tasks: (globalThis as unknown as { benchTasks?: [number, number][] }).benchTasks ?? [] }
  })
  return { at, longestMs: Math.max(0, ...tasks.map(([, ms]) => ms)), longTasks: tasks }
}

/** Signs in and waits until every row is here; the clock begins with Enter. */
export async function signInAndPull(app: RapportApp, email = SUPERVISOR): Promise<PageMarks> {
  const submit = await fillSignIn(app, email)
  await watchPage(app.page)
  await submit()
  await waitForMark(app.page, 'ready')
  return readMarks(app.page)
}
