import { appendFileSync, closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RapportApp } from '../../support/rapport-app.ts'
import { waitForMark } from '../electron/bench-app.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { quantile, timesMs } from '../harness/measure.ts'

const ENTRIES = 30
const PROBES = 100
/** From a person's last letter to their Ctrl Enter: the letter's own picture is drawn by then. */
const FINGER_MS = 100
const P = 0.95

/** Enter pressed in the contact form → the entry is in IndexedDB and journal → it stands in its household's timeline; beside it the disk alone. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { firm, app, entryCount } = await openFilledLaptop(context)
  await app.page.evaluate(() => addEventListener('keydown', (event) => event.key === 'Enter' && event.ctrlKey && performance.mark('bench.save'), { capture: true }))
  const saved: Logged[] = []
  for (let i = 0; i < ENTRIES; i++) {
    const household = firm.plan.household(Math.floor((i * firm.plan.householdCount) / ENTRIES)).households.name
    saved.push(await logOne(app, household, i))
  }
  const puts = await strictPuts(app)
  const syncs = await fsyncs(context)
  const limit = { what: 'one fdatasync + one strict put', value: quantile(syncs, P) + quantile(puts, P) }
  const durable = saved.map(({ durableMs }) => durableMs)
  return [
    { what: `Enter → durable, p95, ${entryCount} entries here`, value: quantile(durable, P), unit: 'ms', limit, goal: { most: 3 } },
    { what: 'the same, median', value: quantile(durable, 0.5), unit: 'ms', limit: { what: 'median of the same', value: quantile(syncs, 0.5) + quantile(puts, 0.5) } },
    {
      what: 'Enter → in the timeline, median',
      value: quantile(
        saved.map(({ shownMs }) => shownMs),
        0.5,
      ),
      unit: 'ms',
    },
  ]
}

interface Logged {
  readonly durableMs: number
  readonly shownMs: number // painted, in the timeline to which the app goes
}

async function logOne(app: RapportApp, household: string, i: number): Promise<Logged> {
  await app.page.evaluate(() => {
    for (const name of ['bench.save', 'bench.shown', 'rapport.saved']) performance.clearMarks(name)
  })
  const subject = `Bench entry ${i}.`
  await fillForm(app, household, subject)
  await app.page.evaluate((wanted) => {
    const look = () => {
      const isShown = [...document.querySelectorAll('[data-testid=timeline-entry]')].some((entry) => entry.textContent?.includes(wanted))
      if (isShown) performance.mark('bench.shown')
      else requestAnimationFrame(look)
    }
    // Not before: a page that looks in each frame draws in each frame.
    const saved = new PerformanceObserver((list) => {
      if (list.getEntriesByName('rapport.saved').length === 0) return
      saved.disconnect()
      look()
    })
    saved.observe({ entryTypes: ['mark'] })
  }, subject)
  await app.page.waitForTimeout(FINGER_MS)
  await app.page.keyboard.press('Control+Enter')
  await waitForMark(app.page, 'saved')
  await app.page.waitForFunction(() => performance.getEntriesByName('bench.shown').length > 0)
  return app.page.evaluate(() => {
    const at = (name: string): number => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN
    return { durableMs: at('rapport.saved') - at('bench.save'), shownMs: at('bench.shown') - at('bench.save') }
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
function strictPuts({ page }: RapportApp): Promise<number[]> {
  return page.evaluate(async (times) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('bench-probe', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true })
      request.onsuccess = () => resolve(request.result)
    })
    const durations: number[] = []
    for (let i = 0; i < times; i++) {
      const startedMs = performance.now()
      await new Promise<void>((resolve) => {
        const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
        transaction.objectStore('rows').add(crypto.getRandomValues(new Uint8Array(1_024)))
        transaction.oncomplete = () => resolve()
      })
      durations.push(performance.now() - startedMs)
    }
    db.close()
    return durations
  }, PROBES)
}

function fsyncs({ folder }: BenchContext): Promise<readonly number[]> {
  const path = join(folder, 'laptop', 'bench-probe')
  appendFileSync(path, '')
  const file = openSync(path, 'a')
  const frame = Buffer.alloc(1_024, 7)
  const write = () => {
    writeSync(file, frame)
    fdatasyncSync(file)
  }
  return timesMs(PROBES, write).finally(() => closeSync(file))
}
