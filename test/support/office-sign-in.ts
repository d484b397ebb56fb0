import { expect } from '@playwright/test'
import { findRunning } from '../../server/db/embedded/find-running.ts'
import { openClient } from '../../server/db/open-database.ts'
import { must } from '../../shared/lib/must.ts'
import { signInInBrowser } from './identity-provider.ts'
import type { RapportApp } from './rapport-app.ts'

/** Stands for the system's browser: keeps the address that the app opens, and signs in there. */
export async function browserOf(laptop: RapportApp): Promise<(account: string) => Promise<void>> {
  await laptop.electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedPages: opened })
    shell.openExternal = async (url) => void opened.push(url)
  })
  return async (account) => {
    const takeUrl = () => laptop.electron.evaluate(() => (globalThis as unknown as { openedPages: string[] }).openedPages.shift() ?? '')
    let url = ''
    await expect.poll(async () => (url = await takeUrl()), { timeout: 15_000 }).not.toBe('')
    const answer = await fetch(await signInInBrowser(url, account))
    expect(answer.status).toBe(200)
  }
}

/** As an administrator does who suspects something, or 14 days. */
export async function endSessions(dataDir: string): Promise<void> {
  const client = await openClient(must(findRunning(dataDir), 'running database'))
  try {
    await client.query('UPDATE session SET ended_at_ms = 1')
  } finally {
    await client.end()
  }
}
