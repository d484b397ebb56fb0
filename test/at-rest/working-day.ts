import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newId } from 'uuid'
import type { WindowApi } from '../../shared/ipc/ipc-contract.ts'
import { localDateOf } from '../../shared/lib/local-date.ts'
import { must } from '../../shared/lib/must.ts'
import { expect, type Firm } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { householdPage } from '../support/pages/household-page.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { sessionPage, waitUntilReady } from '../support/pages/session-page.ts'
import { verificationPage } from '../support/pages/verification-page.ts'
import { passphrase, people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import type { Stage } from '../support/stage.ts'
import { makeStatementFile } from '../support/statement-of.ts'
import type { Canaries } from './canaries.ts'

export interface Laptop {
  readonly firm: Firm
  readonly stage: Stage
  readonly name: string
  readonly builtIn?: string
}

/** Everything that the app or Chromium could write to on this laptop lies below its folder. */
function start({ firm, name, builtIn }: Laptop): Promise<RapportApp> {
  const around = join(firm.server.dataDir, '..', `installation-${name}`, 'around')
  const folders = Object.fromEntries(['HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].map((variable) => [variable, join(around, variable)]))
  folders['TMPDIR'] = join(around, 't') // Chromium's socket lies in it, whose address may have 107 characters: longer, and it ends with SIGTRAP
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  return firm.launch(name, { env: folders, ...(builtIn ? { builtIn } : {}) })
}

/** An advisor's day: online, offline, a power cut, a refusal, a lock. @returns the folder of the laptop, whose app has ended */
export async function workAsAdvisor(laptop: Laptop, texts: Canaries): Promise<string> {
  const { firm, stage } = laptop
  const text = (kind: string) => must(texts[kind], kind)
  let app = await start(laptop)
  await sessionPage(app).signIn(people.advisor)
  await logContact(app, stage, { subject: text('typedSubject'), note: text('typedNote'), place: text('typedPlace'), followUp: text('typedFollowUp') })
  await lookAround(app, stage, text('householdName'))
  await askMain(app, text)
  await framePage(app).waitUntilSent()
  await firm.stopServer()
  await framePage(app).waitUntilOffline()
  await logContact(app, stage, { subject: text('offlineSubject'), note: text('offlineNote') })
  await app.kill()
  app = await start(laptop)
  await sessionPage(app).unlock()
  await expect(framePage(app).syncState).toHaveAttribute('data-unsent', '1')
  await startDraft(app, text)
  app = await lockAndUnlock(app)
  await app.close()
  await firm.startServer()
  return app.userData
}

async function logContact(
  { page }: RapportApp,
  stage: Stage,
  entry: { readonly subject: string; readonly note: string; readonly place?: string; readonly followUp?: string },
): Promise<void> {
  await page.keyboard.press('Control+n')
  await expect(page.getByTestId('log-contact-screen')).toBeVisible()
  await tabTo(page, 'log-household')
  await page.keyboard.type(stage.household.name)
  await page.keyboard.press('Enter')
  await page.getByTestId('log-direction-inbound').click()
  await page.getByTestId('log-subject').fill(entry.subject)
  await page.getByTestId('log-note').fill(entry.place ? `${entry.note}\n${entry.place}` : entry.note)
  if (entry.followUp) {
    await page.getByTestId('log-follow-up-day').fill('tomorrow')
    await page.getByTestId('log-follow-up-title').fill(entry.followUp)
    await page.getByTestId('log-follow-up-time').fill('09:30')
  }
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('log-contact-screen')).toBeHidden()
}

/** Reads, searches and copies. */
async function lookAround(app: RapportApp, stage: Stage, newHousehold: string): Promise<void> {
  const home = householdPage(app)
  await home.open(newHousehold)
  await home.open(stage.household.name)
  await app.page.evaluate((copied) => navigator.clipboard.writeText(copied).catch(() => undefined), newHousehold)
  await app.page.getByTestId('open-spotlight').click()
  await app.page.getByTestId('spotlight-search').fill(newHousehold)
  await app.page.keyboard.press('Escape')
}

/** A command that the server refuses, and a letter that waits to be sent. */
async function askMain({ page }: RapportApp, text: (kind: string) => string): Promise<void> {
  const dueOn = localDateOf(Date.now(), 'UTC')
  const args = { id: newId(), householdId: newId(), title: text('refusedTitle'), note: text('refusedNote'), dueOn, remindAtMs: null, zone: 'UTC', assigneeId: newId() }
  const command = { id: newId(), name: 'follow-up/add', version: 1, args, madeAtMs: Date.now() }
  const answers = await page.evaluate(
    async ({ command, letter }) => {
      const api = (globalThis as unknown as { api: WindowApi }).api
      return [await api.invoke('outbox:append', { commands: [command] }), await api.invoke('file:stage', { name: 'letter.txt', bytes: new TextEncoder().encode(letter) })]
    },
    { command, letter: text('stagedLetter') },
  )
  expect(answers.map(({ ok }) => ok)).toEqual([true, true])
  await expect
    .poll(async () => await page.evaluate(() => (globalThis as unknown as { api: WindowApi }).api.invoke('sync:status', {})), { timeout: 30_000 })
    .toMatchObject({ value: { refusedCount: 1 } })
}

async function startDraft({ page }: RapportApp, text: (kind: string) => string): Promise<void> {
  await page.keyboard.press('Control+n')
  await page.getByTestId('log-subject').fill(text('draftSubject'))
  await page.getByTestId('log-note').fill(text('draftNote'))
  await page.waitForTimeout(1_500) // a draft is written when typing has calmed down
}

export async function lockAndUnlock(app: RapportApp): Promise<RapportApp> {
  const fresh = await lockApp(app)
  await fresh.page.getByTestId('unlock-passphrase').fill(passphrase)
  await fresh.page.getByTestId('unlock-submit').click()
  await waitUntilReady(fresh.page)
  return fresh
}

/** Locks by hand. @returns the app with its fresh window */
export async function lockApp(app: RapportApp): Promise<RapportApp> {
  const next = app.electron.waitForEvent('window')
  await app.page.evaluate(() => void (globalThis as unknown as { api: WindowApi }).api.invoke('session:lock', {}))
  const page = await next
  await expect(page.getByTestId('unlock-passphrase')).toBeVisible({ timeout: 15_000 })
  return { ...app, page }
}

/** A controller's: a statement comes in and a decision is made. */
export async function workAsController(laptop: Laptop, texts: Canaries, claimId: string): Promise<string> {
  const app = await start(laptop)
  const { stage } = laptop
  const verification = verificationPage(app)
  await sessionPage(app).signIn(people.controller)
  await verification.open()
  await verification.openFeeds()
  const payment = { amountMinor: 123_400, bookedOn: localDateOf(Date.now(), 'UTC'), payerName: must(texts['payerName'], 'text'), reference: must(texts['remittance'], 'text') }
  const file = makeStatementFile({ account: stage.account, broken: stage.otherAccount, credit: payment, sequence: 1, openingMinor: 0 })
  const name = `${texts['statementFile']}.xml`
  await verification.drop({ ...file, name })
  await expect(verification.feedRows.filter({ hasText: name }).first()).toHaveAttribute('data-state', 'partlyQuarantined', { timeout: 30_000 })
  await verification.openQueue()
  await verification.openCase(claimId, stage.household.name)
  await verification.pane.getByTestId('case-reason').fill(must(texts['controllerReason'], 'text'))
  await verification.pane.getByTestId('case-reject').click()
  await verification.pane.getByTestId('case-decide').click()
  await framePage(app).waitUntilSent()
  await app.close()
  return app.userData
}
