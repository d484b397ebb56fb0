import { afterEach, expect, test, vi } from 'vitest'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { aLaptop, entryOf, mustEntry, mustRun, openOn, run, shown, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import type { ReplicaSession } from '../db/replica-session.ts'
import { runCommand } from './run-command.ts'

let session: ReplicaSession | null = null
afterEach(() => {
  vi.useRealTimers()
  session?.close()
  session = null
})

test('[C3] leaves nothing anywhere when the command is refused on the rows of now', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  const result = await run(session, { name: 'contact/log', args: logArgs(1, 99) })
  expect(result).toMatchObject({ ok: false, error: { code: 'access/not-found' } })
  expect(entryOf(session, 1)).toBeUndefined()
  expect([await session.db.pending.count(), laptop.api.journal.length]).toEqual([0, 0])
})

test('[C1] refuses what the schema or the registry does not know', async () => {
  session = await openOn(aLaptop())
  expect(await runCommand(session, { name: 'contact/log', version: 1, args: { id: 'x' } })).toMatchObject({ error: { code: 'command/malformed' } })
  expect(await runCommand(session, { name: 'contact/log', version: 99, args: {} })).toMatchObject({ error: { code: 'command/unknown' } })
})

test('[J1] answers only when database and journal both have it, while the effect shows at once', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  let release = (): void => undefined
  laptop.api.before = (channel) => (channel === 'outbox:hold' ? new Promise<void>((resolve) => (release = resolve)) : undefined)
  let isSaved = false
  let seen: unknown = null
  const { replica } = session
  replica.subscribe(() => (seen = replica.find('contactEntries', logArgs(1, 1).id)))
  const saving = mustRun(session, { name: 'contact/log', args: logArgs(1, 1) }).then(() => (isSaved = true))
  await vi.waitFor(() => expect(laptop.api.calls.some((c) => c.channel === 'outbox:hold')).toBe(true))
  expect(mustEntry(session, 1).subject).toBe('Yearly review')
  await vi.waitFor(() => expect(seen).toMatchObject({ subject: 'Yearly review' }))
  expect(await session.db.pending.count()).toBe(1)
  expect(isSaved).toBe(false)
  release()
  await saving
  expect(laptop.api.journal).toHaveLength(1)
})

test('[J4] the next sync turn brings the number of what was saved, where no answer of the server has brought it', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  expect((await session.db.pending.toArray())[0]?.n).toBeNull()
  await sync(session)
  expect((await session.db.pending.toArray())[0]?.n).toBe(1)
})

test('[J1] takes everything back when the journal cannot write', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  laptop.api.failing.set('outbox:hold', 'storage/write-failed')
  expect(await run(session, { name: 'contact/log', args: logArgs(1, 1) })).toMatchObject({ error: { code: 'storage/write-failed' } })
  expect(entryOf(session, 1)).toBeUndefined()
  await vi.waitFor(async () => expect(await session?.db.pending.count()).toBe(0))
})

test('[J1] has the journal take it back, before it says so, when the database refuses', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  vi.spyOn(session.db, 'addPending').mockRejectedValueOnce(new Error('full'))
  let release = (): void => undefined
  laptop.api.before = (channel) => (channel === 'outbox:decide' ? new Promise<void>((resolve) => (release = resolve)) : undefined)
  let isTold = false
  const result = run(session, { name: 'contact/log', args: logArgs(1, 1) }).finally(() => (isTold = true))
  await vi.waitFor(() => expect(laptop.api.calls.at(-1)).toMatchObject({ channel: 'outbox:decide', request: { isStored: false } }))
  expect(isTold).toBe(false)
  release()
  expect(await result).toMatchObject({ error: { code: 'storage/write-failed' } })
  expect([laptop.api.journal, entryOf(session, 1)]).toEqual([[], undefined])
  laptop.api.before = () => undefined
  await mustRun(session, { name: 'contact/log', args: logArgs(2, 1) })
  await vi.waitFor(() => expect(laptop.api.journal).toMatchObject([{ n: 1, args: { id: idOf('entry', 2) } }]))
})

test('[J1] tells main what the database refused while the journal has not answered yet', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  vi.spyOn(session.db, 'addPending').mockRejectedValueOnce(new Error('full'))
  const journal = Promise.withResolvers<void>()
  laptop.api.before = (channel) => (channel === 'outbox:hold' ? journal.promise : undefined)
  const result = run(session, { name: 'contact/log', args: logArgs(1, 1) })
  await vi.waitFor(() => expect(laptop.api.calls.at(-1)).toMatchObject({ channel: 'outbox:decide', request: { isStored: false } }))
  journal.resolve()
  expect(await result).toMatchObject({ error: { code: 'storage/write-failed' } })
  await vi.waitFor(() => expect(laptop.api.calls.filter(({ channel }) => channel === 'outbox:decide')).toHaveLength(2))
  expect(laptop.api.journal).toEqual([])
})

test.for(['IndexedDB', 'the journal'])(
  '[J1] [J4] what was reported as not saved is not sent after a crash either, where %s failed and the disk refused the delete',
  async (part) => {
    const laptop = aLaptop()
    session = await openOn(laptop)
    const { db } = session
    const add = db.addPending.bind(db)
    if (part === 'IndexedDB') vi.spyOn(db, 'addPending').mockImplementationOnce((stored) => add(stored).then(() => Promise.reject(new Error('no answer'))))
    else laptop.api.failing.set('outbox:hold', 'storage/write-failed')
    vi.spyOn(db.pending, 'delete').mockRejectedValueOnce(new Error('full'))
    expect(await run(session, { name: 'contact/log', args: logArgs(1, 1) })).toMatchObject({ error: { code: 'storage/write-failed' } })
    expect(await db.pending.count()).toBe(1)
    laptop.api.failing.delete('outbox:hold')
    session.close()
    session = await openOn(laptop)
    await session.syncIdle()
    expect([await session.db.pending.count(), laptop.api.journal, entryOf(session, 1)]).toEqual([0, [], undefined])
  },
)

test('[J1] says that it is saved where the journal has kept it all the same, after the page stood still', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  vi.spyOn(session.db, 'addPending').mockRejectedValueOnce(new Error('full'))
  laptop.api.before = (channel) => (channel === 'outbox:decide' ? laptop.api.letGo() : undefined)
  expect(await run(session, { name: 'contact/log', args: logArgs(1, 1) })).toMatchObject({ ok: true })
  laptop.api.before = () => undefined
  session.requestSync()
  await session.syncIdle()
  await shown(session)
  expect([laptop.api.journal.length, await session.db.pending.count(), mustEntry(session, 1).subject]).toEqual([1, 1, 'Yearly review'])
})

test('[J1] what was reported as not saved is not sent later, though the disk refused to delete it', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  laptop.api.failing.set('outbox:hold', 'storage/write-failed')
  vi.spyOn(session.db.pending, 'delete').mockRejectedValueOnce(new Error('full'))
  expect(await run(session, { name: 'contact/log', args: logArgs(1, 1) })).toMatchObject({ error: { code: 'storage/write-failed' } })
  laptop.api.failing.delete('outbox:hold')
  session.requestSync()
  await session.syncIdle()
  expect([await session.db.pending.count(), laptop.api.journal.length]).toEqual([0, 0])
})

test('[J1] says within five seconds that a database write hangs, and journals nothing', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  vi.spyOn(session.db, 'addPending').mockReturnValue(new Promise(() => undefined) as never)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const result = run(session, { name: 'contact/log', args: logArgs(1, 1) })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await result).toMatchObject({ error: { code: 'storage/write-failed' } })
  expect(laptop.api.journal).toEqual([])
  expect(laptop.storageErrors).toMatchObject([{ code: 'storage/write-failed' }])
  expect(entryOf(session, 1)).toBeUndefined()
})

test('[J1] says of saves that wait behind a write that hangs as soon as of that one, and journals none', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  vi.spyOn(session.db, 'addPending').mockReturnValue(new Promise(() => undefined) as never)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const open = session
  const results = [1, 2, 3].map((n) => run(open, { name: 'contact/log', args: logArgs(n, 1) }))
  await vi.advanceTimersByTimeAsync(5_000)
  for (const result of results) expect(await Promise.race([result, null])).toMatchObject({ error: { code: 'storage/write-failed' } })
  await vi.advanceTimersByTimeAsync(60_000)
  expect([laptop.api.journal.length, entryOf(session, 2)]).toEqual([0, undefined])
})

test('[J1] deletes a write that succeeds after it was reported as failed', async () => {
  session = await openOn(aLaptop())
  const { db } = session
  const add = db.addPending.bind(db)
  let release = (): void => undefined
  vi.spyOn(db, 'addPending').mockImplementation(((row: never) => new Promise<void>((resolve) => (release = resolve)).then(() => add(row))) as never)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const result = run(session, { name: 'contact/log', args: logArgs(1, 1) })
  await vi.advanceTimersByTimeAsync(5_000)
  expect((await result).ok).toBe(false)
  vi.useRealTimers()
  release()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await db.pending.count()).toBe(0)
})

test('[J3] numbers commands in the order in which the person acted', async () => {
  const laptop = aLaptop()
  session = await openOn(laptop)
  const open = session
  await Promise.all([1, 2, 3, 4].map((n) => mustRun(open, { name: 'contact/log', args: logArgs(n, 1) })))
  expect(laptop.api.journal.map((item) => (item.args as { id: string }).id)).toEqual([1, 2, 3, 4].map((n) => idOf('entry', n)))
})

test('[L8] builds on the effect of a command that is still pending', async () => {
  session = await openOn(aLaptop())
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await mustRun(session, { name: 'contact/amend', args: { id: idOf('entry', 1), edits: { subject: { from: 'Yearly review', to: 'Second thought' } }, reason: null } })
  await shown(session)
  expect(mustEntry(session, 1)).toMatchObject({ subject: 'Second thought', rev: 2 })
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 1))).toBe('saved')
})

test('[L8] keeps lists and rows the same objects while nothing in them changes', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(9, 1))
  session = await openOn(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await session.syncIdle()
  await shown(session)
  const before = [session.replica.list('households'), session.replica.list('contactEntries'), mustEntry(session, 1)]
  laptop.server.put('persons', { ...laptop.server.find('persons', idOf('person', 1)), name: 'Renamed' } as never)
  session.requestSync()
  await session.syncIdle()
  await shown(session)
  expect(session.replica.find('persons', idOf('person', 1))?.name).toBe('Renamed')
  expect([session.replica.list('households'), session.replica.list('contactEntries'), mustEntry(session, 1)].map((v, i) => v === before[i])).toEqual([true, true, true])
})
