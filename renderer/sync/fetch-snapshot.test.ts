import { afterEach, expect, test, vi } from 'vitest'
import { advisorId, entryRow } from '../../test/support/firm-rows.ts'
import { aLaptop, type Laptop, openOn, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { readScope } from '../db/replica-head.ts'
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

test('[L5] [L11] resumes a snapshot after its last stored page', async () => {
  const laptop = aLaptop()
  for (let n = 1; n <= 10; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  laptop.server.pageRows = 3
  let snapshots = 0
  laptop.api.before = (channel) => {
    if (channel === 'sync:snapshot' && ++snapshots === 4) laptop.api.isOnline = false
  }
  const session = await open(laptop)
  expect(session.replica.progress).toMatchObject({ phase: 'pulling' })
  const { after } = await readScope(session.db)
  expect(after).not.toBeNull()
  laptop.api.isOnline = true
  const asked = laptop.api.calls.length
  await sync(session)
  expect(laptop.api.calls.slice(asked).find((c) => c.channel === 'sync:snapshot')?.request).toMatchObject({ after })
  expect(session.replica.list('contactEntries')).toHaveLength(10)
  expect(session.replica.progress.phase).toBe('ready')
})

test('[L5] fetches a household from its beginning when it is seen for another reason in the middle of its snapshot', async () => {
  const laptop = aLaptop()
  laptop.server.pageRows = 2
  let snapshots = 0
  laptop.api.before = (channel) => {
    if (channel === 'sync:snapshot' && ++snapshots === 4) laptop.api.isOnline = false // the firm took two pages
  }
  const session = await open(laptop)
  const { queue, after } = await readScope(session.db)
  expect([queue[0], after !== null]).toEqual([{ part: 'core', householdIds: [idOf('household', 1)] }, true])
  laptop.server.setAccess(advisorId, idOf('household', 1), 'cover')
  laptop.api.isOnline = true
  await sync(session)
  const count = (table: 'households' | 'persons' | 'accounts' | 'coverages') => session.replica.list(table).length
  expect([count('households'), count('persons'), count('accounts'), count('coverages')]).toEqual([1, 1, 1, 1])
})

test('[L5] asks for two pages beyond the one that is being stored, and for no more', async () => {
  const laptop = aLaptop()
  laptop.server.pageRows = 3
  const session = await open(laptop)
  for (let n = 11; n <= 30; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  laptop.server.setAccess(advisorId, idOf('household', 1), 'cover')
  const asked = () => laptop.api.calls.filter(({ channel }) => channel === 'sync:snapshot').length
  const before = asked()
  const stored = Promise.withResolvers<void>()
  const free = session.db.saves.free.bind(session.db.saves)
  vi.spyOn(session.db.saves, 'free').mockImplementation(() => (asked() > before ? stored.promise : free()))
  session.requestSync()
  await vi.waitFor(() => expect(asked() - before).toBe(3))
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(asked() - before).toBe(3)
  stored.resolve()
  await session.syncIdle()
  expect(session.replica.list('contactEntries')).toHaveLength(20)
})

/** A firm of several pages, and the bytes of each that the server has sent. */
function aMeteredLaptop() {
  const laptop = aLaptop()
  for (let n = 1; n <= 10; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  laptop.server.pageRows = 3
  const sent: number[] = []
  const snapshot = laptop.server.snapshot.bind(laptop.server)
  laptop.server.snapshot = (...asked) => {
    const page = snapshot(...asked)
    sent.push(page.body.length)
    return page
  }
  return { laptop, sent }
}

const sum = (sizes: readonly number[]): number => sizes.reduce((a, b) => a + b, 0)

test('[L5] [L11] a first fetch cut at any page costs, after a restart, what was missing and at most one page more', async () => {
  const whole = aMeteredLaptop()
  await open(whole.laptop)
  expect(whole.sent.length).toBeGreaterThan(5)
  for (let cutAt = 1; cutAt <= whole.sent.length; cutAt++) {
    const { laptop, sent } = aMeteredLaptop()
    let asked = 0
    laptop.api.before = (channel) => {
      if (channel === 'sync:snapshot' && ++asked === cutAt) laptop.api.isOnline = false
    }
    const cut = await open(laptop)
    expect(cut.replica.progress.phase).not.toBe('ready')
    cut.close()
    const here = sum(sent.splice(0))
    laptop.api.isOnline = true
    const session = await open(laptop)
    expect(session.replica.progress.phase).toBe('ready')
    expect(session.replica.list('contactEntries')).toHaveLength(10)
    expect(sum(sent), `cut at page ${cutAt}`).toBeLessThanOrEqual(sum(whole.sent) - here + Math.max(...whole.sent))
  }
})
