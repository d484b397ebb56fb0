import { expect, test, vi } from 'vitest'
import { aCommand, aJournalPath, journalKey } from '../outbox/journal-fixture.ts'
import { KeptHeads } from './kept-heads.ts'
import { aDevice } from './sync-fixture.ts'

const soon = { timeout: 10_000, interval: 5 }

test('[L13] a page goes on to the window, with its outcomes kept; while pages come, an answered push asks for no pull', async () => {
  const { server, journal, sync, pages, changes } = await aDevice()
  sync.start()
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
  await vi.waitFor(() => expect(sync.status().connection).toBe('online'), soon)
  server.sendPage(server.pageFrom(1))
  await vi.waitFor(() => expect(pages).toHaveLength(1), soon)
  changes.behind = 0
  await journal.append([aCommand(1)])
  sync.workAdded()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  server.sendPage(server.pageFrom(1))
  await vi.waitFor(() => expect(pages).toHaveLength(2), soon)
  expect(changes.behind).toBe(0)
  expect(journal.listOpen()[0]?.status).toBe('applied')
})

test('[L13] where the page with an own command does not come, the window is told to pull', async () => {
  const { server, journal, sync, pages, changes } = await aDevice()
  sync.start()
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
  server.sendPage(server.pageFrom(1))
  await vi.waitFor(() => expect(pages).toHaveLength(1), soon)
  changes.behind = 0
  await journal.append([aCommand(1)])
  sync.workAdded()
  await vi.waitFor(() => expect(changes.behind).toBe(1), soon)
  expect(pages).toHaveLength(1)
})

test('[K1] [L13] a page that names another head than the kept one is left out, and the window is told to pull', async () => {
  const heads = await KeptHeads.open({ path: `${await aJournalPath()}.heads`, key: journalKey, nowMs: Date.now })
  const { server, sync, pages, changes } = await aDevice({ heads })
  sync.start()
  await vi.waitFor(() => expect(server.streams.size).toBe(1), soon)
  await sync.pull({ cursor: 1, scopeHash: null, sinceN: 0 })
  changes.behind = 0
  server.sendPage({ ...server.pageFrom(1), headSize: 99 })
  await vi.waitFor(() => expect(changes.behind).toBe(1), soon)
  expect(pages).toEqual([])
})
