import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeCipher } from '../../../main/preload/window-cipher.ts'
import { deriveWrappingKey } from '../../../main/vault/derive-key.ts'
import { defaultKdfCost } from '../../../main/vault/vault-header.ts'
import type { WindowApi } from '../../../shared/ipc/ipc-contract.ts'
import type { RapportApp } from '../../support/rapport-app.ts'
import { fillUnlock, readMarks, waitForMark, watchPage } from '../electron/bench-app.ts'
import { openFilledLaptop } from '../electron/filled-laptop.ts'
import { PASSPHRASE } from '../firm/fill-firm.ts'
import type { FirmPlan } from '../firm/firm-plan.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { median, timesMs } from '../harness/measure.ts'

const TIMES = 7
/** With what hangs on them, 5,000 rows. */
const ENTRIES = 4_660
const POLL_MS = 2
const encoder = new TextEncoder()
const decoder = new TextDecoder()

interface Round {
  readonly usableMs: number
  readonly readyMs: number
  readonly goneMs: number // from the call that locks until the window's process has ended
}

/** Enter behind the passphrase → a screen of the app with 5,000 rows on the laptop at full scale; then locking it → its window's process is gone. */
export async function run(context: BenchContext): Promise<readonly Figure[]> {
  const { app, firm, entryCount } = await openFilledLaptop(context, ENTRIES)
  await lock(app, app.page)
  const rounds: Round[] = []
  for (let i = 0; i < TIMES; i++) rounds.push(await unlockAndLock(app))
  const argon2 = await argon2Ms()
  const opening = await openingMs(firm.plan)
  context.say(`argon2id ${median(argon2).toFixed(0)} ms, opening the rows ${median(opening).toFixed(0)} ms`)
  const limit = { what: 'argon2id + opening each row', value: median(argon2) + median(opening) }
  return [
    { what: `Enter → usable, ${entryCount} entries and what hangs on them, median`, value: median(rounds.map((r) => r.usableMs)), unit: 'ms', limit },
    { what: 'the same, worst', value: Math.max(...rounds.map((r) => r.usableMs)), unit: 'ms', goal: { most: 1_000 } },
    { what: 'Enter → every row here and searchable, worst', value: Math.max(...rounds.map((r) => r.readyMs)), unit: 'ms', goal: { most: 1_000 } },
    { what: 'lock → window and its process gone, worst', value: Math.max(...rounds.map((r) => r.goneMs)), unit: 'ms', goal: { most: 2_000 } },
  ]
}

type Page = RapportApp['page']

async function unlockAndLock({ electron }: RapportApp): Promise<Round> {
  const page = electron.windows().at(-1) ?? (await electron.firstWindow())
  await page.getByTestId('unlock-passphrase').waitFor()
  const submit = await fillUnlock({ page })
  await watchPage(page)
  await submit()
  await waitForMark(page, 'ready')
  const { at } = await readMarks(page)
  const enter = at['bench.enter'] ?? Number.NaN
  const goneMs = await lock({ electron }, page)
  return { usableMs: (at['usable'] ?? Number.NaN) - enter, readyMs: (at['ready'] ?? Number.NaN) - enter, goneMs }
}

/** Resolves when the fresh window is there too. */
async function lock({ electron }: Pick<RapportApp, 'electron'>, page: Page): Promise<number> {
  const pid = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)
  const opened = electron.waitForEvent('window')
  const startedMs = performance.now()
  void page.evaluate(() => void (globalThis as unknown as { api: WindowApi }).api.invoke('session:lock', {})).catch(() => undefined)
  while (existsSync(`/proc/${pid}`)) await sleep(POLL_MS)
  const goneMs = performance.now() - startedMs
  await opened
  return goneMs
}

const argon2Ms = () => timesMs(TIMES, () => deriveWrappingKey(PASSPHRASE, new Uint8Array(0), { ...defaultKdfCost, salt: randomBytes(16).toString('base64') }), 1)

/** The same rows, each sealed by itself, as the app's own cipher opens them. */
function openingMs({ householdCount, household }: FirmPlan): Promise<readonly number[]> {
  const cipher = makeCipher(() => ({ data: randomBytes(32).fill(1), index: randomBytes(32) }))
  const rows = Array.from({ length: householdCount }, (_, i) => Object.values(household(i)).flat() as readonly object[]).flat()
  const sealed = rows.map((row, i) => ({ aad: `row|${i}`, sealed: cipher.seal(`row|${i}`, encoder.encode(JSON.stringify(row))) }))
  return timesMs(TIMES, () => cipher.openMany(sealed).map((plain): unknown => JSON.parse(decoder.decode(plain))), 1)
}
