import 'fake-indexeddb/auto' // before Dexie looks for one
import Dexie from 'dexie'
import { afterEach, expect, test, vi } from 'vitest'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { aLaptop, entryOf, type Laptop, mustEntry, mustRun, openOn, run, shown, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { compactOverlay } from './compact-overlay.ts'
import type { ReplicaSession } from './replica-session.ts'

const sessions: ReplicaSession[] = []
const open = async (laptop: Laptop): Promise<ReplicaSession> => {
  const session = await openOn(laptop)
  sessions.push(session)
  return session
}
afterEach(() => {
  for (const session of sessions.splice(0)) session.close()
})

/** A laptop with two entries on the server and one that is only saved here, closed. */
async function aUsedLaptop(): Promise<Laptop> {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1))
  const session = await open(laptop)
  laptop.server.put('contactEntries', entryRow(2, 1))
  await sync(session)
  await mustRun(session, { name: 'contact/log', args: logArgs(3, 1) })
  await session.syncIdle()
  session.close()
  return laptop
}

const entryCount = (session: ReplicaSession): number => session.replica.list('contactEntries').length

test('opens offline with everything that was here', async () => {
  const laptop = await aUsedLaptop()
  laptop.api.isOnline = false
  const session = await open(laptop)
  expect(entryCount(session)).toBe(3)
  expect(session.replica.progress.phase).toBe('ready')
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 3))).toBe('saved')
})

test('[J4] gets from the journal what a deleted database held, and the rest from the server', async () => {
  const laptop = await aUsedLaptop()
  await Dexie.delete(laptop.api.databaseName)
  const session = await open(laptop)
  expect(entryCount(session)).toBe(3)
  expect(laptop.api.journal).toHaveLength(1)
  laptop.api.flush()
  await sync(session)
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 3))).toBeNull()
  expect(entryCount(session)).toBe(3)
})

test('[J4] hands the journal what it lacks', async () => {
  const laptop = await aUsedLaptop()
  laptop.api.journal = []
  const session = await open(laptop)
  expect(laptop.api.journal).toMatchObject([{ name: 'contact/log', status: 'saved' }])
  expect(mustEntry(session, 3).subject).toBe('Yearly review')
})

/** A laptop whose one command was refused, its window closed. */
async function aRefusedLaptop(): Promise<Laptop> {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  laptop.server.put('contactEntries', entryRow(1, 1)) // its id is taken: the command will be refused
  laptop.api.flush()
  await sync(session)
  expect(session.replica.attention).toHaveLength(1)
  session.close()
  return laptop
}

test('[J4] keeps a command whose number the server has used for another, and hands it to a journal that lost it once more', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  laptop.api.flush()
  await sync(session)
  laptop.api.loseJournal()
  const id = await mustRun(session, { name: 'contact/log', args: logArgs(2, 1) })
  expect(laptop.api.journal).toMatchObject([{ id, n: 1 }])
  await sync(session)
  expect(session.replica.pending.map((command) => command.id)).toEqual([id])
  laptop.api.loseJournal()
  await sync(session)
  expect(laptop.api.journal).toMatchObject([{ id }])
})

test('[J4] does not bring back what was discarded or settled', async () => {
  const laptop = await aRefusedLaptop()
  await laptop.api.invoke('outbox:discard', { id: laptop.api.journal[0]?.id ?? '' })
  const again = await open(laptop)
  expect(again.replica.attention).toEqual([])
  expect(laptop.api.journal).toEqual([])
})

test('[J4] sends a refused command again that the journal has lost, so that its person sees why', async () => {
  const laptop = await aRefusedLaptop()
  laptop.api.journal = []
  const again = await open(laptop)
  expect(laptop.api.journal).toMatchObject([{ name: 'contact/log', status: 'saved' }])
  laptop.api.flush()
  await sync(again)
  expect(again.replica.attention).toHaveLength(1)
})

test('[T16] rebuilds when pages or rows are missing without an error', async () => {
  for (const table of ['pages', 'rows'] as const) {
    const laptop = await aUsedLaptop()
    const db = await new Dexie(laptop.api.databaseName).open()
    await db.table(table).clear()
    db.close()
    expect(entryCount(await open(laptop))).toBe(3)
  }
})

test('[T16] rebuilds when a stored body was changed', async () => {
  for (const table of ['pages', 'rows', 'meta', 'pending'] as const) {
    const laptop = await aUsedLaptop()
    const db = await new Dexie(laptop.api.databaseName).open()
    await db
      .table(table)
      .toCollection()
      .modify((stored: { sealed: Uint8Array }) => {
        stored.sealed = stored.sealed.map((byte, i) => (i === 30 ? byte ^ 1 : byte))
      })
    db.close()
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const session = await open(laptop)
    expect(entryCount(session)).toBe(3)
    expect(session.replica.pending).toHaveLength(1)
  }
})

test('fetches anew when the person has another role by now', async () => {
  const laptop = await aUsedLaptop()
  laptop.api.actor = { ...laptop.api.actor, role: 'controller' }
  laptop.server.setAccess(laptop.api.actor.id, idOf('household', 1), 'control')
  const session = await open(laptop)
  expect(entryOf(session, 1)).toBeUndefined()
  expect(session.replica.list('households')).toHaveLength(1)
})

test('keeps in clear only tokens, counters and states', async () => {
  const laptop = await aUsedLaptop()
  const db = await new Dexie(laptop.api.databaseName).open()
  const stored = await Promise.all(db.tables.map((table) => table.toArray()))
  db.close()
  const clear = JSON.stringify(stored, (key, value) => (key === 'sealed' ? Buffer.from(value).toString('latin1') : value))
  for (const word of ['Yearly review', 'pension', 'Household 1', idOf('household', 1), idOf('entry', 2), 'contact/log']) expect(clear).not.toContain(word)
})

test('packs changed rows into pages without a change on the screen', async () => {
  const laptop = aLaptop()
  for (let n = 1; n <= 30; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  const session = await open(laptop)
  for (let n = 1; n <= 20; n++) laptop.server.put('contactEntries', entryRow(n, 1, { subject: `Changed ${n}`, rev: 2 }))
  await sync(session)
  expect(await session.db.rows.count()).toBe(20)
  const list = session.replica.list('contactEntries')
  await compactOverlay(session.db, session.replica, 10)
  await shown(session)
  expect(await session.db.rows.count()).toBe(0)
  expect(session.replica.list('contactEntries')).toBe(list)
  session.close()
  laptop.api.isOnline = false
  const again = await open(laptop)
  expect(entryCount(again)).toBe(30)
  expect(mustEntry(again, 7).subject).toBe('Changed 7')
})

test('[T15] saves and syncs again by itself after the disk had ended the database', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  session.db.close() // as a full disk leaves it: closed, and opening it again failed
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  laptop.api.flush()
  session.db.close()
  await sync(session)
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 1))).toBeNull()
  session.close()
  expect(await run(session, { name: 'contact/log', args: logArgs(2, 1) })).toMatchObject({ ok: false }) // but not once it was put away
})
