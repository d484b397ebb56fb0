import { afterEach, expect, test } from 'vitest'
import type { FollowedPage } from '../../shared/sync/pull.ts'
import { advisorId, entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { aLaptop, entryOf, type Laptop, mustEntry, mustRun, openOn, shown, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { readHead } from '../db/replica-head.ts'
import type { ReplicaSession } from '../db/replica-session.ts'

const sessions: ReplicaSession[] = []
const open = async (laptop: Laptop): Promise<ReplicaSession> => {
  const session = await openOn(laptop)
  sessions.push(session)
  return session
}
afterEach(() => {
  for (const session of sessions.splice(0)) session.close()
})

/** What the server sends by itself to a device that stands where the session's store does. */
async function pageFor(laptop: Laptop, session: ReplicaSession): Promise<FollowedPage> {
  const { cursor, scopeHash, lastN } = await readHead(session.db)
  const page = laptop.server.pull(laptop.api.deviceId, laptop.api.actor, { cursor, scopeHash, sinceN: lastN })
  return { from: cursor ?? 0, sinceN: lastN, headSize: 0, page }
}
const pulls = (laptop: Laptop) => laptop.api.calls.filter(({ channel }) => channel === 'sync:pull').length

test('[L13] a page is on the screen at once, in the store a moment later, and nothing is asked for', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  const before = pulls(laptop)
  laptop.server.put('contactEntries', entryRow(1, 1))
  const page = await pageFor(laptop, session)
  session.receivePage(page)
  expect(mustEntry(session, 1).id).toBe(idOf('entry', 1))
  expect((await readHead(session.db)).cursor).toBe(page.from)
  await session.syncIdle()
  expect((await readHead(session.db)).cursor).toBe(page.page.cursor)
  await shown(session)
  expect(pulls(laptop)).toBe(before)
  laptop.api.isOnline = false
  session.close()
  expect(entryOf(await open(laptop), 1)).toBeDefined()
})

test('[L13] pages that follow each other are each stored, and the row that is newest stays', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  const before = pulls(laptop)
  laptop.server.put('contactEntries', entryRow(1, 1, { subject: 'old' }))
  const first = await pageFor(laptop, session)
  laptop.server.put('contactEntries', entryRow(1, 1, { subject: 'new', rev: 2 }))
  const whole = await pageFor(laptop, session)
  session.receivePage(first)
  session.receivePage({ ...whole, from: first.page.cursor })
  expect(mustEntry(session, 1).subject).toBe('new')
  await session.syncIdle()
  await shown(session)
  expect(mustEntry(session, 1).subject).toBe('new')
  expect(pulls(laptop)).toBe(before)
})

test.each<[string, (page: FollowedPage) => FollowedPage]>([
  ['begins elsewhere', (page) => ({ ...page, from: page.from + 1 })],
  ['is of another epoch', (page) => ({ ...page, page: { ...page.page, epoch: 'another' } })],
  ['is for another scope', (page) => ({ ...page, page: { ...page.page, scopeHash: 'another' } })],
])('[L13] a page that %s is not shown; the device pulls', async (_what, change) => {
  const laptop = aLaptop()
  const session = await open(laptop)
  const before = pulls(laptop)
  laptop.server.put('contactEntries', entryRow(1, 1))
  session.receivePage(change(await pageFor(laptop, session)))
  expect(entryOf(session, 1)).toBeUndefined()
  await session.syncIdle()
  await shown(session)
  expect(pulls(laptop)).toBeGreaterThan(before)
  expect(mustEntry(session, 1)).toBeDefined()
})

test('[L7] [L13] a page with the effect of an own command drops it and tells main', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await session.inTurn(async () => undefined) // its number is stored
  const before = pulls(laptop)
  laptop.api.flush()
  session.receivePage(await pageFor(laptop, session))
  await session.syncIdle()
  await shown(session)
  expect(await session.db.pending.count()).toBe(0)
  expect(laptop.api.journal).toEqual([])
  expect(pulls(laptop)).toBe(before)
})

test('[L7] [L13] a page that leaves out a refusal this device does not know is not taken: the command would be lost', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await session.inTurn(async () => undefined)
  laptop.server.setAccess(advisorId, idOf('household', 1), null)
  laptop.api.flush()
  laptop.server.setAccess(advisorId, idOf('household', 1), 'lead')
  const page = await pageFor(laptop, session)
  session.receivePage({ ...page, sinceN: page.page.lastN, page: { ...page.page, outcomes: [] } })
  await session.syncIdle()
  await shown(session)
  expect(session.replica.attention.map(({ status }) => status)).toEqual(['refused'])
})

test('[L13] what was shown ahead and not stored comes again', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  laptop.server.put('contactEntries', entryRow(1, 1))
  session.receivePage(await pageFor(laptop, session))
  session.close() // before the store has it
  const again = await open(laptop)
  await sync(again)
  expect(mustEntry(again, 1)).toBeDefined()
})
