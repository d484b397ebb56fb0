/** Pictures of what becomes of work, and of what stands in its way: fetched by half, unsent, refused, not saved, alarms. Nothing serious for axe. */
import { type AppError, appError, type ErrorCode } from '../../shared/errors/error-codes.ts'
import type { SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import { must } from '../../shared/lib/must.ts'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { look, looks } from '../support/looks.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { logPage } from '../support/pages/log-page.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { passphrase, people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { refusedWork } from '../support/refused-work.ts'
import { findStage } from '../support/stage.ts'
import { answerInstead, showStatus } from '../support/stand-in-answers.ts'
import { applySettings, resizeWindow } from '../support/tours.ts'

type Look = (typeof looks)[number]
/** Each theme and each language, not each with each: the other specs show that. */
const some = looks.filter(({ theme, language }) => (theme === 'dark') === (language === 'hu'))
const LONG_NAME = 'Freiherr von und zu Donaudampfschifffahrtsgesellschaft-Hohenlohe-Waldenburg-Schillingsfürst und Söhne'
const HOUR_MS = 3_600_000

async function launch(firm: { launch(name: string): Promise<RapportApp> }): Promise<RapportApp> {
  const laptop = await firm.launch('advisor')
  await resizeWindow(laptop, 1_280, 800)
  return laptop
}

test('a first fetch that goes on, breaks off and is resumed, and records that are taken anew', async ({ firm }) => {
  test.setTimeout(400_000)
  const laptop = await launch(firm)
  const { page } = laptop
  const [english, ...others] = some
  if (!english) return
  const missing = page.getByTestId('missing-notice')
  await answerInstead(laptop, 'sync:pull', { error: appError('sync/offline') })
  await answerInstead(laptop, 'sync:status', { changes: { connection: 'offline' } })
  await page.getByTestId('sign-in-email').fill(people.advisor)
  await page.getByTestId('sign-in-passphrase').fill(passphrase)
  await page.getByTestId('sign-in-submit').click()
  for (const each of [english, ...others]) {
    await applySettings(laptop, each)
    await expect(missing).toBeVisible()
    await expect(page.getByTestId('today-contact-list')).not.toBeEmpty()
    await look(laptop, 'cut-today', each)
  }
  await framePage(laptop).goTo('log')
  await expect(page.getByTestId('log-colleague').first()).not.toContainText(/\d/) // a name, though no colleague was fetched
  await applySettings(laptop, english)
  await answerInstead(laptop, 'sync:pull', null)
  await answerInstead(laptop, 'sync:snapshot', { afterMs: 2_500 })
  await showStatus(laptop, null)
  await page.reload()
  await expect(page.getByText('0 of 100')).toBeVisible({ timeout: 30_000 })
  await expect(framePage(laptop).syncState).toContainText('Fetching')
  await look(laptop, 'first-fetch', english)
  await expect(page.getByTestId('today-screen')).toBeVisible({ timeout: 60_000 })
  await expect(missing).toBeHidden({ timeout: 60_000 })
  await answerInstead(laptop, 'sync:pull', { changes: { epoch: '0196e78d-d639-73a2-8484-14a88bc231b8' } }) // the server came out of a backup
  await laptop.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('event:sync-changed', { isBehind: true }))
  await expect(missing).toBeVisible({ timeout: 30_000 })
  await look(laptop, 'fetched-anew', english)
})

/** What the line at the top says when it is clicked. @param name of its picture; null = none */
async function openState(laptop: RapportApp, name: string | null, status: Partial<SyncStatus>, each: Look): Promise<void> {
  await showStatus(laptop, status)
  if (status.connection) await expect(framePage(laptop).syncState).toHaveAttribute('data-connection', status.connection)
  await framePage(laptop).syncState.click()
  await expect(laptop.page.getByTestId('sync-unsent')).toBeVisible()
  if (name !== null) await look(laptop, name, each)
  await laptop.page.keyboard.press('Escape')
  await expect(laptop.page.getByTestId('sync-unsent')).toBeHidden()
}

const ALARMS: readonly ErrorCode[] = ['sync/history-changed', 'storage/journal-damaged', 'recovery/key-changed']

async function lookAtWaiting(laptop: RapportApp, each: Look): Promise<void> {
  const { page } = laptop
  const lastContactAtMs = Date.now() - 50 * HOUR_MS
  await openState(laptop, 'unsent-offline', { connection: 'offline', lastContactAtMs, leaseEndsAtMs: lastContactAtMs + 72 * HOUR_MS }, each)
  await expect(page.getByTestId('lease-notice')).toBeVisible()
  const waiting = await page.evaluate(async () => {
    const answer = await (globalThis as unknown as { api: { invoke(channel: string, request: object): Promise<{ value: { items: { id: string }[] } }> } }).api.invoke(
      'outbox:list',
      {},
    )
    return answer.value.items.map(({ id }) => ({ id, error: { code: 'access/not-found', params: {} } as AppError }))
  })
  await openState(laptop, 'unsent-waits-for-others', { connection: 'online', waiting }, each)
  await openState(laptop, null, { connection: 'clientTooOld', error: appError('sync/client-too-old') }, each)
  await openState(laptop, each.theme === 'light' ? 'withdrawn' : null, { connection: 'signInNeeded', error: appError('session/device-revoked') }, each)
  await showStatus(laptop, { connection: 'signInNeeded', error: appError('session/expired') })
  await framePage(laptop).syncState.click()
  await expect(page.getByTestId('sign-in-again-passphrase')).toBeFocused()
  await page.keyboard.press('Escape')
  for (const code of ALARMS) {
    await showStatus(laptop, { connection: 'online', error: appError(code, { size: 3 }) })
    await expect(page.getByTestId('alarm')).toHaveAttribute('data-code', code)
  }
  await look(laptop, 'alarm', each)
  await showStatus(laptop, null)
  await page.getByTestId('person-menu').click()
  await page.getByTestId('sign-out').click()
  await page.getByTestId('sign-out-confirm').click()
  await expect(page.getByTestId('sign-out-discard')).toBeVisible()
  await look(laptop, 'sign-out-unsent', each)
  await page.getByTestId('sign-out-look').click()
  await expect(page.getByTestId('unsent-pane')).toBeVisible()
  await look(laptop, 'unsent-list', each)
}

test('work that waits to be sent, whatever it waits for, and work that the disk does not take', async ({ firm }) => {
  test.setTimeout(400_000)
  const stage = await findStage(firm.url)
  const api = await ApiClient.signIn(firm.url, people.advisor)
  await api.run('household/edit', { id: stage.household.id, edits: { name: { from: stage.household.name, to: LONG_NAME } } })
  const laptop = await launch(firm)
  const { page } = laptop
  await sessionPage(laptop).signIn(people.advisor)
  await firm.stopServer()
  await framePage(laptop).waitUntilOffline()
  for (const subject of ['Vineyard sale', 'Nothing but the truth '.repeat(8)]) await logPage(laptop).logByKeyboard({ household: LONG_NAME, subject, hasFollowUpIn2Weeks: true })
  for (const each of some) {
    await applySettings(laptop, each)
    await lookAtWaiting(laptop, each)
  }
  await page.keyboard.press('Control+1')
  await expect(page.getByTestId('today-unsent-row')).toHaveCount(2)
  for (const row of await page.getByTestId('today-unsent-row').all()) await expect(row).toBeInViewport({ ratio: 1 })
  await look(laptop, 'unsent-today', must(some.at(-1), 'the look that was set last'))
  await page.getByTestId('today-unsent-row').first().click()
  await expect(page.getByTestId('unsent-pane')).toContainText('Nothing but')
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put
  })
  await page.keyboard.press('Control+n')
  await page.getByTestId('log-household').fill(LONG_NAME)
  await page.keyboard.press('Enter')
  await page.getByTestId('log-direction-inbound').click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByTestId('log-error')).toBeVisible()
  await expect(page.getByTestId('storage-error')).toBeHidden() // said once: by the form, as long as it stands
  await look(laptop, 'not-saved', must(some.at(-1), 'the look that was set last'))
  await page.keyboard.press('Control+1')
  await expect(page.getByTestId('storage-error')).toBeVisible()
})

test('refused work with each kind of reason, and the way to “About”', async ({ firm }) => {
  test.setTimeout(400_000)
  const stage = await findStage(firm.url)
  const laptop = await launch(firm)
  const { page } = laptop
  await sessionPage(laptop).signIn(people.advisor)
  const items = refusedWork(stage)
  await answerInstead(laptop, 'outbox:list', { value: { items } })
  await answerInstead(laptop, 'outbox:append', { value: { items: [] } })
  for (const each of some) {
    await applySettings(laptop, each)
    await framePage(laptop).goTo('attention')
    await expect(page.getByTestId('attention-item')).toHaveCount(items.length)
    for (const [i, { name, error }] of items.entries()) {
      await page.getByTestId('attention-item').nth(i).click()
      await expect(page.getByTestId('attention-reason')).toHaveAttribute('data-code', error?.code ?? '')
      await expect(page.getByTestId('attention-pane')).not.toContainText(/sha256|bereavement|relationship: prospect/)
      if ([0, 2, 4, 5].includes(i)) await look(laptop, `refused-${name.replace('/', '-')}-${i}`, each)
    }
  }
  await laptop.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items.at(-1)?.click())
  await expect(page.getByTestId('about')).toBeInViewport()
})

const LOCKED: readonly AppError[] = [
  appError('session/wrong-passphrase', { left: 1 }),
  appError('session/locked-out', { retryAfterSeconds: 480 }),
  appError('session/keychain-missing'),
  appError('session/account-passphrase-needed'),
  appError('session/keys-erased'),
]

test('what the lock screen says, with the focus where the next try is typed', async ({ firm }) => {
  test.setTimeout(400_000)
  await launch(firm).then(async (laptop) => {
    await sessionPage(laptop).signIn(people.advisor)
    await laptop.close()
  })
  const laptop = await launch(firm)
  const { page } = laptop
  for (const each of some) {
    await page.evaluate((changes) => (globalThis as unknown as { api: { invoke(channel: string, request: object): Promise<unknown> } }).api.invoke('settings:set', changes), each)
    await answerInstead(laptop, 'session:get', { changes: { notice: 'lease-over' } })
    await page.reload()
    await expect(page.getByTestId('unlock-notice')).toBeVisible()
    await look(laptop, 'unlock-lease-over', each)
    for (const error of LOCKED) {
      await answerInstead(laptop, 'session:unlock', { error })
      await page.getByTestId('unlock-passphrase').fill('not this one at all')
      await page.getByTestId('unlock-submit').click()
      await expect(page.getByTestId('unlock-error')).toHaveAttribute('data-code', error.code)
      const next = error.code === 'session/keys-erased' ? 'unlock-sign-in' : error.code === 'session/account-passphrase-needed' ? 'account-passphrase' : 'unlock-passphrase'
      await expect(page.getByTestId(next)).toBeFocused()
      if (error.code === 'session/locked-out' || error.code === 'session/keychain-missing') await look(laptop, `unlock-${error.code.split('/')[1]}`, each)
    }
  }
})
