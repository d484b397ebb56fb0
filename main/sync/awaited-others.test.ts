import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { aCommand, aJournalPath, openJournal, unwrap } from '../outbox/journal-fixture.ts'
import { AwaitedOthers } from './awaited-others.ts'
import { aDevice } from './sync-fixture.ts'

const soon = { timeout: 10_000, interval: 5 }
const id = (n: number) => aCommand(n).id
const awaiting = { forMs: 60_000, everyMs: 50 }

/** A device whose three commands were applied, and a server out of a backup that has none of them and not what the second builds on. */
async function afterRestore(over = awaiting) {
  const device = await aDevice({ awaiting: over })
  const { server, journal, sync } = device
  await journal.append([1, 2, 3].map(aCommand))
  sync.start()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ connection: 'online', unsentCount: 0 }), soon)
  await sync.pull({ cursor: null, scopeHash: null, sinceN: 0 })
  await journal.settle(3)
  server.forgetAfter(0)
  server.epoch = 'two'
  server.unknownTargets.add(id(2))
  return device
}

test('[B6] what builds on work that another laptop has yet to bring back waits behind all other work, and is taken then', async () => {
  const { server, journal, sync, path } = await afterRestore()
  await sync.pull({ cursor: 5, scopeHash: null, sinceN: 3 })
  await vi.waitFor(() => expect(server.pushed.map((c) => c.id)).toEqual([id(1), id(3)]), soon)
  await journal.append([aCommand(4)])
  sync.workAdded()
  await vi.waitFor(() => expect(server.pushed.map((c) => c.id)).toEqual([id(1), id(3), id(4)]), soon)
  const waiting = [{ id: id(2), error: { code: 'access/not-found', params: {} } }]
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 1, refusedCount: 0, waiting }), soon)
  server.unknownTargets.clear()
  await vi.waitFor(() => expect(sync.status()).toMatchObject({ unsentCount: 0, refusedCount: 0, waiting: [] }), soon)
  expect(server.pushed.map((c) => [c.n, c.id])).toEqual([1, 3, 4, 2].map((n, i) => [i + 1, id(n)]))
  await journal.close()
  expect((await openJournal(path)).find(id(2))?.outcome).toMatchObject({ status: 'applied' })
})

test('[B6] waits too where the server was met before a pull told of its other epoch', async () => {
  const { server, sync } = await afterRestore()
  server.accessToken = 'another' // the next request brings a fresh session, which tells the count
  await sync.request({ method: 'GET', path: '/v1/anything', response: z.unknown() })
  sync.now()
  await vi.waitFor(() => expect(server.pushed.map((c) => c.id)).toEqual([id(1), id(3)]), soon)
  expect(sync.status().refusedCount).toBe(0)
})

test('[B6] after its time it is refused, and listed with its text; new work is refused at once', async () => {
  const { server, journal, sync } = await afterRestore({ forMs: 400, everyMs: 50 })
  await sync.pull({ cursor: 5, scopeHash: null, sinceN: 3 })
  await vi.waitFor(() => expect(server.pushed).toHaveLength(2), soon)
  server.unknownTargets.add(id(4))
  await journal.append([aCommand(4)])
  sync.workAdded()
  await vi.waitFor(() => expect(journal.listOpen()).toMatchObject([{ id: id(4), status: 'refused' }]), soon)
  await vi.waitFor(
    () =>
      expect(journal.listOpen().map((item) => [item.id, item.status])).toEqual([
        [id(4), 'refused'],
        [id(2), 'refused'],
      ]),
    soon,
  )
})

test('[B6] where the clock was put back by years after the restore, nothing waits for years', async () => {
  let nowMs = 10 * 365 * 24 * 3_600_000
  const journal = await openJournal(await aJournalPath(), { nowMs: () => nowMs })
  const commands = unwrap(await journal.append([aCommand(1)])).map(({ status: _, error: __, ...envelope }) => envelope)
  await journal.noteRestored()
  const others = new AwaitedOthers(journal, () => nowMs, 60_000)
  const waitsAfter = (ms: number) => {
    nowMs += ms
    return others.findAmong(commands, false).length > 0
  }
  expect([waitsAfter(-50_000), waitsAfter(100_000), waitsAfter(-9 * 365 * 24 * 3_600_000)]).toEqual([true, true, false])
})
