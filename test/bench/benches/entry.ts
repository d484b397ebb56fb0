import { appendFileSync, closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RapportApp } from '../../support/rapport-app.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { median, quantile, timesMs } from '../harness/measure.ts'

const ENTRIES = 60
const PROBES = 100
/** From a person's last letter to their Ctrl Enter, when the letter's own picture is drawn, and until they let go of it. */
const FINGER_MS = 100
/** From the picture of the entry to the disk's own turn: what follows a save is over by then. */
const REST_MS = 300
const P = 0.95

/**
 * Enter pressed in the contact form → the entry is in IndexedDB and journal → it stands in its household's timeline; beside it the disk
 * alone, once one write behind the other, and once a write behind each entry: processes and a disk that have rested are slower.
 */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { firm, app, entryCount } = await openFilledLaptop(context)
  const saved: Logged[] = []
  const rested = { syncs: [] as number[], puts: [] as number[] }
  for (let i = 0; i < ENTRIES; i++) {
    const household = firm.plan.household(Math.floor((i * firm.plan.householdCount) / ENTRIES)).households.name
    saved.push(await logOne(app, household, i))
    await app.page.waitForTimeout(REST_MS)
    rested.puts.push(...(await strictPuts(app, 1)))
    await app.page.waitForTimeout(REST_MS)
    rested.syncs.push(...(await fsyncs(context, 1)))
  }
  const hurried = { puts: await strictPuts(app, PROBES), syncs: await fsyncs(context, PROBES) }
  const durable = saved.map(({ durableMs }) => durableMs)
  const ofAll = (share: number): Pick<Figure, 'value' | 'unit'> => ({ value: quantile(durable, share), unit: 'ms' })
  return [
    {
      what: `Enter → durable, p95, ${entryCount} entries here`,
      ...ofAll(P),
      limit: { what: 'one fdatasync + one strict put, in a row', value: sumAt(P, hurried) },
      goal: { most: 3 },
    },
    { what: 'the same, median', ...ofAll(0.5), limit: { what: 'median of the same', value: sumAt(0.5, hurried) } },
    { what: 'Enter → durable, p95', ...ofAll(P), limit: { what: 'the same two, after a rest', value: sumAt(P, rested) } },
    { what: 'the same, median', ...ofAll(0.5), limit: { what: 'median of the same', value: sumAt(0.5, rested) } },
    { what: 'Enter → in the timeline, median', value: median(saved.map(({ shownMs }) => shownMs)), unit: 'ms' },
  ]
}

interface DiskTimes {
  readonly syncs: readonly number[]
  readonly puts: readonly number[]
}

const sumAt = (share: number, { syncs, puts }: DiskTimes): number => quantile(syncs, share) + quantile(puts, share)

interface Logged {
  readonly durableMs: number
  readonly shownMs: number // painted, in the timeline to which the app goes
}

/** From the press until the entry is saved nothing of the bench speaks to the page, and the finger stays on the key. */
async function logOne(app: RapportApp, household: string, i: number): Promise<Logged> {
  const subject = `Bench entry ${i}.`
  await fillForm(app, household, subject)
  const timed = app.page.evaluate(timeEntry, subject)
  await app.page.waitForTimeout(FINGER_MS)
  await app.page.keyboard.press('Control+Enter', { delay: FINGER_MS })
  return timed
}

/** Runs in the page. It looks for the entry only when that is saved: a page that looks in each frame draws in each frame. */
function timeEntry(subject: string): Promise<Logged> {
  let pressedMs = Number.NaN
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.ctrlKey) pressedMs = performance.now()
  }
  addEventListener('keydown', onKey, { capture: true })
  return new Promise((resolve) => {
    const look = (savedMs: number) => {
      const isShown = [...document.querySelectorAll('[data-testid=timeline-entry]')].some((entry) => entry.textContent?.includes(subject))
      if (isShown) resolve({ durableMs: savedMs - pressedMs, shownMs: performance.now() - pressedMs })
      else requestAnimationFrame(() => look(savedMs))
    }
    const marks = new PerformanceObserver((list) => {
      const saved = list.getEntriesByName('rapport.saved').at(-1)
      if (!saved) return
      marks.disconnect()
      removeEventListener('keydown', onKey, { capture: true })
      look(saved.startTime)
    })
    marks.observe({ entryTypes: ['mark'] })
  })
}

/** A call by the client: one that we begin is for those who cover the household. */
async function fillForm({ page }: RapportApp, household: string, subject: string): Promise<void> {
  await page.keyboard.press('Control+n')
  await page.getByTestId('log-household').fill(household)
  await page.keyboard.press('Enter')
  await page.getByText('The client', { exact: true }).click()
  await page.getByTestId('log-subject').fill(subject)
}

/** One record of an entry's size into an IndexedDB of its own, strict: it is on the disk when the transaction is over. */
function strictPuts({ page }: RapportApp, count: number): Promise<number[]> {
  return page.evaluate(async (times) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('bench-probe', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true })
      request.onsuccess = () => resolve(request.result)
    })
    const durations: number[] = []
    await new Promise((resolve) => setTimeout(resolve, 100)) // what opening wakes goes to rest
    for (let i = 0; i < times; i++) {
      const startedMs = performance.now()
      await new Promise<void>((resolve) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').add(crypto.getRandomValues(new Uint8Array(1_024)))
        transaction.commit()
        transaction.oncomplete = () => resolve()
      })
      durations.push(performance.now() - startedMs)
    }
    db.close()
    return durations
  }, count)
}

async function fsyncs({ folder }: BenchContext, count: number): Promise<readonly number[]> {
  const path = join(folder, 'laptop', 'bench-probe')
  appendFileSync(path, '')
  const file = openSync(path, 'a')
  const frame = Buffer.alloc(1_024, 7)
  const write = () => {
    writeSync(file, frame)
    fdatasyncSync(file)
  }
  return timesMs(count, write, 0).finally(() => closeSync(file))
}
