/** A stolen laptop that is switched on but locked: its memory holds no key and no plain text. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { v7 as newId } from 'uuid'
import { openVault } from '../../main/vault/vault.ts'
import type { WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { expect, test } from '../support/fixtures.ts'
import { waitUntilReady } from '../support/pages/session-page.ts'
import { passphrase, people } from '../support/people.ts'
import { endProcess } from '../support/processes.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { findStage, type Stage } from '../support/stage.ts'
import { byteNeedlesOf, type Needle, needlesOf } from './find-text.ts'
import { launchLoose } from './loose-app.ts'
import { listProcesses, type MemoryHit, scanMemory } from './scan-memory.ts'

/** The driver's messages pass through the app's memory: they carry texts in halves, and the page joins them. */
const halves = (text: string): readonly [string, string] => [text.slice(0, 5), text.slice(5)]

async function fill(app: Pick<RapportApp, 'page'>, testId: string, text: string): Promise<void> {
  await app.page.getByTestId(testId).evaluate((element, parts) => {
    const input = element as HTMLInputElement
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, parts.join(''))
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, halves(text))
}

async function signIn(app: Pick<RapportApp, 'page'>): Promise<void> {
  await fill(app, 'sign-in-email', people.advisor)
  await fill(app, 'sign-in-passphrase', passphrase)
  await app.page.getByTestId('sign-in-submit').click()
  await waitUntilReady(app.page)
}

/** Journals work with the text; the server is away, so it stays unsent. */
async function addWork({ page }: Pick<RapportApp, 'page'>, stage: Stage, title: string): Promise<void> {
  const dueOn = localDateOf(Date.now(), 'UTC')
  const args = { id: newId(), householdId: stage.household.id, note: '', dueOn, remindAtMs: null, zone: 'UTC', assigneeId: stage.advisor.id }
  const command = { id: newId(), name: 'follow-up/add', version: 1, args, madeAtMs: Date.now() }
  const isSaved = await page.evaluate(
    async ({ command, parts }) => {
      const commands = [{ ...command, args: { ...command.args, title: parts.join('') } }]
      return (await (globalThis as unknown as { api: WindowApi }).api.invoke('outbox:append', { commands })).ok
    },
    { command, parts: halves(title) },
  )
  expect(isSaved).toBe(true)
}

async function needlesFor(app: Pick<RapportApp, 'userData'>, stage: Stage, title: string): Promise<readonly Needle[]> {
  const folder = join(app.userData, 'vaults', must(readdirSync(join(app.userData, 'vaults'))[0], 'vault'))
  const vault = await openVault(folder, passphrase, undefined)
  if (!vault.ok) throw new Error(vault.error.code)
  const { keys, session } = vault.value
  const texts = { title, household: stage.household.name, head: stage.headName, iban: must(stage.account.iban, 'IBAN'), passphrase, refreshToken: session.refreshToken }
  const inMemory = (needle: Needle) => ['utf-8', 'utf-16le', 'latin-1', 'bytes'].includes(needle.encoding)
  return [...Object.entries(texts).flatMap(([kind, text]) => needlesOf(kind, text)), ...Object.entries(keys).flatMap(([name, key]) => byteNeedlesOf(`key ${name}`, key))].filter(
    inMemory,
  )
}

const describeHits = (hits: readonly MemoryHit[]) => hits.map(({ process, kind, encoding, count, region }) => `${process}: ${kind} ${encoding} × ${count} (${region})`).join('\n')

const lockByHand = (page: Page) => page.evaluate(() => void (globalThis as unknown as { api: WindowApi }).api.invoke('session:lock', {})).catch(() => undefined)

async function openWithWork(app: Pick<RapportApp, 'page' | 'userData'>, stage: Stage): Promise<readonly Needle[]> {
  await signIn(app)
  const title = `Qx${randomBytes(6).toString('hex')} Canary`
  await addWork(app, stage, title)
  return needlesFor(app, stage, title)
}

test('[J7] before locking the memory holds keys and texts, two seconds after it none, and the app waits for the passphrase', async ({ firm }) => {
  test.setTimeout(240_000)
  const stage = await findStage(firm.url)
  const userData = mkdtempSync(join(tmpdir(), 'rapport-memory-'))
  const app = await launchLoose({ userData, serverUrl: firm.url })
  try {
    const page = await app.page()
    const needles = await openWithWork({ page, userData }, stage)
    const before = new Set(scanMemory(userData, needles).map((hit) => `${hit.process}: ${hit.kind}`))
    expect([...before]).toEqual(expect.arrayContaining(['main: title', 'main: passphrase', 'main: key journal', 'renderer: key data', 'renderer: household']))
    const old = listProcesses(userData)
    await lockByHand(page)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    const after = scanMemory(userData, needles)
    const left = listProcesses(userData).filter((pid) => old.includes(pid))
    console.log(`by hand: ${before.size} findings before; after 2 s ${left.length} of ${old.length} processes left, ${after.length} findings\n${describeHits(after)}`)
    expect({ after, left }).toEqual({ after: [], left: [] })
    const fresh = await app.page()
    await expect(fresh.getByTestId('unlock-passphrase')).toBeVisible({ timeout: 30_000 })
    expect(scanMemory(userData, needles)).toEqual([])
    await fill({ page: fresh }, 'unlock-passphrase', passphrase)
    await fresh.getByTestId('unlock-submit').click()
    await waitUntilReady(fresh)
  } finally {
    await app.end()
    removeFolder(userData)
  }
})

const signal =
  (name: 'suspend' | 'lock-screen') =>
  ({ electron }: RapportApp) =>
    electron.evaluate(({ powerMonitor }, event) => void powerMonitor.emit(event), name)
const ways = [
  { name: 'suspend', lock: signal('suspend'), env: {}, withinMs: 2_000 },
  { name: 'screen lock', lock: signal('lock-screen'), env: {}, withinMs: 2_000 },
  { name: 'idle', lock: async () => undefined, env: { RAPPORT_IDLE_LOCK_SECONDS: '1' }, withinMs: 12_500 }, // looked at every 10 s
]

test('suspend, screen lock and idling end every process that held something', async ({ firm }) => {
  test.setTimeout(240_000)
  const stage = await findStage(firm.url)
  for (const { name, lock, env, withinMs } of ways) {
    const app = await firm.launch(name, { env: { RAPPORT_E2E_RELAUNCH: '1', ...env } })
    const needles = await openWithWork(app, stage)
    const old = listProcesses(app.userData)
    await lock(app).catch(() => undefined) // the process may be gone before it answers
    await new Promise((resolve) => setTimeout(resolve, withinMs))
    expect(
      listProcesses(app.userData).filter((pid) => old.includes(pid)),
      name,
    ).toEqual([])
    expect(scanMemory(app.userData, needles), name).toEqual([])
    // The driver does not know the app that started itself anew: it would stay behind.
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    for (const pid of listProcesses(app.userData)) await endProcess(pid, 'SIGKILL')
  }
})
