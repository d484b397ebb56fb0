import { fillUnlock, openApp, readMarks, waitForMark, watchPage } from '../electron/bench-app.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import { buildPlainApp, emptyWindowMs } from '../electron/plain-app.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { median } from '../harness/measure.ts'

const TIMES = 5
/** Longer than the app waits before it writes the summary for the next start. */
const QUIET_MS = 35_000

/**
 * From the making of a window to a usable Today, with 100,000 entries on the laptop: with the vault open (the window came
 * back), and from Enter behind the passphrase. Beside it an empty Electron window.
 */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { app: first, serverUrl } = await openFilledLaptop(context)
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
  const reopened: number[] = []
  for (let i = 0; i < TIMES; i++) reopened.push(await reopenWindow(first, context.say))
  await first.close()
  const unlocked: { usable: number; ready: number; longest: number }[] = []
  for (let i = 0; i < TIMES; i++) unlocked.push(await unlock(context, serverUrl))
  const plain = await buildPlainApp(context)
  const empty: number[] = []
  for (let i = 0; i < TIMES; i++) empty.push(await emptyWindowMs(plain, context.folder))
  const limit = { what: 'empty window', value: median(empty) }
  return [
    { what: 'window made → Today usable, vault open', value: median(reopened), unit: 'ms', limit, goal: { most: 2 } },
    { what: 'Enter → Today usable (argon2 among it)', value: median(unlocked.map((u) => u.usable)), unit: 'ms', limit },
    { what: 'Enter → everything here and searchable', value: median(unlocked.map((u) => u.ready)), unit: 'ms', goal: { most: 5_000 } },
    { what: 'longest task of the page meanwhile', value: Math.max(...unlocked.map((u) => u.longest)), unit: 'ms' },
  ]
}

type App = Awaited<ReturnType<typeof openApp>>

/** Ends the window's process; main makes a fresh window in its place. */
async function reopenWindow(app: App, say: BenchContext['say']): Promise<number> {
  const opened = app.electron.waitForEvent('window')
  const created = app.electron.evaluate(
    ({ app: electron, BrowserWindow }) =>
      new Promise<number>((resolve) => {
        electron.once('browser-window-created', () => resolve(Date.now()))
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
      }),
  )
  const [createdAtMs, page] = await Promise.all([created, opened])
  await waitForMark(page, 'ready')
  const { at } = await readMarks(page)
  const steps = { ...(await page.evaluate(loadSteps)), opening: at['opening'] ?? Number.NaN, usable: at['usable'] ?? Number.NaN }
  const since = Object.entries(steps).map(([step, atMs]) => `${step} ${Math.round(atMs - createdAtMs)}`)
  say(`ms since the window was made: ${since.join(', ')}`)
  return steps.usable - createdAtMs
}

/** Runs in the page. @returns when it began, when its files were there, and when their code had run, in ms since 1970 */
function loadSteps(): { readonly page: number; readonly text: number; readonly code: number; readonly parsed: number } {
  const { timeOrigin } = performance
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) => name.includes('/index-'))
  return {
    page: timeOrigin,
    text: timeOrigin + (navigation?.responseEnd ?? Number.NaN),
    code: timeOrigin + Math.max(...scripts.map(({ responseEnd }) => responseEnd)),
    parsed: timeOrigin + (navigation?.domContentLoadedEventStart ?? Number.NaN),
  }
}

async function unlock(context: BenchContext, url: string): Promise<{ usable: number; ready: number; longest: number }> {
  const app = await openApp(context, url)
  const submit = await fillUnlock(app)
  await watchPage(app.page)
  await submit()
  await waitForMark(app.page, 'ready')
  const { at, longestMs } = await readMarks(app.page)
  await app.close()
  const enter = at['bench.enter'] ?? Number.NaN
  return { usable: (at['usable'] ?? Number.NaN) - enter, ready: (at['ready'] ?? Number.NaN) - enter, longest: longestMs }
}
