import { copyFile } from 'node:fs/promises'
import { expect, test, vi } from 'vitest'
import { aCommand, unwrap } from '../outbox/journal-fixture.ts'
import { aDevice } from './sync-fixture.ts'

const soon = { timeout: 5_000 }

/** A device whose first `kept` commands are in a copy of the journal that somebody puts back after the others were sent. */
async function aDeviceWithAnOlderJournal(kept: number, all: number) {
  const first = await aDevice()
  const older = `${first.path}.older`
  for (let i = 1; i <= all; i++) {
    unwrap(await first.journal.append([aCommand(i)]))
    if (i === kept) await copyFile(first.path, older)
  }
  first.sync.start()
  await vi.waitFor(() => expect(first.sync.status().unsentCount).toBe(0), soon)
  first.sync.stop()
  await first.journal.close()
  await copyFile(older, first.path)
  const warned: string[] = []
  const log = { info: () => undefined, warn: (event: string) => warned.push(event), bug: (event: string, cause: unknown) => console.error(event, cause) }
  return { warned, ...(await aDevice({ server: first.server, path: first.path, log })) }
}

test('an older copy of the journal is noticed at the first contact, and new work goes on behind what the server has', async () => {
  const { server, warned, journal, sync } = await aDeviceWithAnOlderJournal(1, 3)
  expect(sync.status().error).toBeNull()
  unwrap(await journal.append([aCommand(9)]))
  sync.start()
  await vi.waitFor(() => expect(sync.status().unsentCount).toBe(0), soon)
  expect(sync.status().error).toMatchObject({ code: 'storage/journal-damaged' })
  expect(warned).toContain('journal.older-than-server')
  expect(server.pushed.map(({ n, id }) => [n, id])).toEqual([1, 2, 3, 9].map((i, at) => [at + 1, aCommand(i).id]))
})

test('the journal as it was left is nothing to notice', async () => {
  const { warned, sync } = await aDeviceWithAnOlderJournal(3, 3)
  sync.start()
  await vi.waitFor(() => expect(sync.status().connection).toBe('online'), soon)
  expect([sync.status().error, warned]).toEqual([null, []])
})
