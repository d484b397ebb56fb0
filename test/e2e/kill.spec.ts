/** Power cuts: the app or the server is killed at many points of saving and sending; nothing acknowledged is lost, nothing comes twice. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ApiClient } from '../support/api-client.ts'
import { expect, type Firm, test } from '../support/fixtures.ts'
import { framePage } from '../support/pages/frame-page.ts'
import { householdPage } from '../support/pages/household-page.ts'
import { tabTo } from '../support/pages/keyboard.ts'
import { sessionPage } from '../support/pages/session-page.ts'
import { people } from '../support/people.ts'
import type { RapportApp } from '../support/rapport-app.ts'
import { findStage, type Stage } from '../support/stage.ts'

interface KillPoint {
  readonly name: string
  readonly server: 'stopped' | 'running' | 'suspended' | 'killed'
  /** Milliseconds after Ctrl+Enter; null = once the app said that it is saved. */
  readonly afterMs: number | null
  readonly losesIndexedDb?: boolean
}

const POINTS: readonly KillPoint[] = [
  { name: 'offline, at once', server: 'stopped', afterMs: 0 },
  { name: 'offline, 4 ms', server: 'stopped', afterMs: 4 },
  { name: 'offline, 12 ms', server: 'stopped', afterMs: 12 },
  { name: 'offline, 30 ms', server: 'stopped', afterMs: 30 },
  { name: 'offline, once saved', server: 'stopped', afterMs: null },
  { name: 'offline, once saved, then the database of the window is gone', server: 'stopped', afterMs: null, losesIndexedDb: true },
  { name: 'the server takes the request and never answers', server: 'suspended', afterMs: null },
  { name: 'online, 8 ms', server: 'running', afterMs: 8 },
  { name: 'online, 40 ms', server: 'running', afterMs: 40 },
  { name: 'online, 120 ms', server: 'running', afterMs: 120 },
  { name: 'online, once saved', server: 'running', afterMs: null },
  { name: 'the server is killed while it sends', server: 'killed', afterMs: null },
]

test('[J1] [P1] kill -9 at twelve points of saving and sending loses nothing that was acknowledged and doubles nothing', async ({ firm }) => {
  test.setTimeout(600_000)
  const stage = await findStage(firm.url)
  const acknowledged: string[] = []
  let laptop = await firm.launch('advisor')
  await sessionPage(laptop).signIn(people.advisor)
  for (const point of POINTS) {
    await test.step(point.name, async () => {
      if (await saveAndKill(firm, laptop, stage, point)) acknowledged.push(point.name)
      if (point.losesIndexedDb) rmSync(join(laptop.userData, 'Partitions', 'ui', 'IndexedDB'), { recursive: true })
      if (point.server !== 'running') await backToService(firm, point)
      laptop = await firm.launch('advisor')
      await sessionPage(laptop).unlock()
      if (acknowledged.includes(point.name)) {
        await householdPage(laptop).open(stage.household.name)
        await expect(householdPage(laptop).screen).toContainText(point.name)
      }
    })
  }
  await framePage(laptop).waitUntilSent()
  const api = await ApiClient.signIn(firm.url, people.advisor)
  const subjects = (await api.list('contactEntries')).map((entry) => entry.subject).filter((subject) => POINTS.some((point) => point.name === subject))
  expect(new Set(subjects).size, 'no entry twice').toBe(subjects.length)
  expect(subjects).toEqual(expect.arrayContaining(acknowledged))
  expect(acknowledged).toEqual(expect.arrayContaining(POINTS.filter((point) => point.afterMs === null).map((point) => point.name)))
})

/** @returns whether the app had said that it is saved */
async function saveAndKill(firm: Firm, laptop: RapportApp, stage: Stage, point: KillPoint): Promise<boolean> {
  const { page } = laptop
  await page.getByTestId('nav-log').click()
  await expect(page.getByTestId('log-contact-screen')).toBeVisible()
  await tabTo(page, 'log-household')
  await page.keyboard.type(stage.household.name)
  await page.keyboard.press('Enter')
  await page.getByTestId('log-direction-inbound').click() // no limit counts
  await page.getByTestId('log-subject').fill(point.name)
  if (point.server === 'stopped') {
    await firm.stopServer()
    await framePage(laptop).waitUntilOffline()
  }
  if (point.server === 'suspended') firm.server.suspend()
  let isAcknowledged = false
  const toast = page
    .getByTestId('toast')
    .waitFor({ timeout: 20_000 })
    .then(() => {
      isAcknowledged = true
    })
    .catch(() => undefined) // killed first
  await page.keyboard.press('Control+Enter')
  if (point.afterMs === null) await toast
  else await new Promise((resolve) => setTimeout(resolve, point.afterMs ?? 0))
  if (point.server === 'killed') await firm.server.kill()
  await laptop.kill()
  await toast
  return isAcknowledged
}

async function backToService(firm: Firm, point: KillPoint): Promise<void> {
  if (point.server === 'suspended') firm.server.resume()
  else await firm.startServer()
}
