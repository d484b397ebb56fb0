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

export async function fillUnlock({ page }: RapportApp): Promise<() => Promise<void>> {
  await page.getByTestId('unlock-passphrase').fill(PASSPHRASE)
  return () => page.getByTestId('unlock-passphrase').press('Enter')
}

/** What the page has noted since `watchPage`: marks by name, in ms of its own clock, and its longest task. */
export interface PageMarks {
  readonly at: Readonly<Record<string, number>>
  readonly longestMs: number
  readonly longTasks: readonly (readonly [atMs: number, ms: number])[]
}

interface Notes {
  at: Record<string, number>
  tasks: [number, number][]
}

/** From now on the page notes when it becomes usable, each phase of its rows, and tasks over 50 ms. */
export async function watchPage({ page }: Pick<RapportApp, 'page'>): Promise<void> {
  await page.evaluate(() => {
    const notes: Notes = { at: { begin: performance.now() }, tasks: [] }
    Object.assign(globalThis, { benchNotes: notes })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) notes.tasks.push([startTime, duration])
    }).observe({ type: 'longtask' })
    const root = document.documentElement
    const note = () => {
      for (const name of [root.dataset['screen'] === 'open' && 'usable', root.dataset['replica']]) if (name) notes.at[name] ??= performance.now()
    }
    note()
    new MutationObserver(note).observe(root, { attributes: true })
    const mark = (event: KeyboardEvent) => {
      if (event.key === 'Enter') notes.at['enter'] = performance.now()
    }
    addEventListener('keydown', mark, { capture: true })
  })
}

/** Waits until the page has noted the mark. */
export async function waitForMark({ page }: Pick<RapportApp, 'page'>, name: string): Promise<void> {
  await page.waitForFunction((mark) => mark in ((globalThis as unknown as { benchNotes: Notes }).benchNotes?.at ?? {}), name, { timeout: LONG_MS, polling: 100 })
}

export async function readMarks({ page }: Pick<RapportApp, 'page'>): Promise<PageMarks> {
  const notes = await page.evaluate(() => (globalThis as unknown as { benchNotes: Notes }).benchNotes)
  return { at: notes.at, longestMs: Math.max(0, ...notes.tasks.map(([, ms]) => ms)), longTasks: notes.tasks }
}

/** The page's rows are all here, and what they are is searchable. */
export async function signInAndPull(app: RapportApp, email = SUPERVISOR): Promise<PageMarks> {
  const submit = await fillSignIn(app, email)
  await watchPage(app)
  await submit()
  await waitForMark(app, 'ready')
  return readMarks(app)
}
