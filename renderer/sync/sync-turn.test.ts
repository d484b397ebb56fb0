import { afterEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { advisorId, entryRow, householdRows, logArgs, NOW_MS, otherAdvisorId, personRow } from '../../test/support/firm-rows.ts'
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

const idsOf = (session: ReplicaSession, table: 'households' | 'contactEntries' | 'persons') =>
  session.replica
    .list(table)
    .map((row) => row.id)
    .toSorted()

test('[L5] fetches the firm and every household of the scope when nothing is here yet', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  expect(idsOf(session, 'households')).toEqual([idOf('household', 1)])
  expect(session.replica.list('colleagues')).toHaveLength(4)
  expect(session.replica.progress.phase).toBe('ready')
})

test('[L3] stores every page with its cursor and goes on from there after a cut', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  laptop.server.pageRows = 4
  for (let n = 1; n <= 10; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  let pulls = 0
  laptop.api.before = (channel) => {
    if (channel === 'sync:pull' && ++pulls === 2) laptop.api.isOnline = false
  }
  await sync(session)
  expect(session.replica.list('contactEntries')).toHaveLength(4)
  laptop.api.isOnline = true
  await sync(session)
  expect(session.replica.list('contactEntries')).toHaveLength(10)
})

test('[L4] removes a row that the person may no longer see', async () => {
  const laptop = aLaptop()
  const entry = entryRow(1, 1, { authorId: otherAdvisorId, colleagueIds: [otherAdvisorId] })
  laptop.server.setAccess(advisorId, idOf('household', 1), 'cover')
  laptop.server.put('contactEntries', entry)
  const session = await open(laptop)
  expect(entryOf(session, 1)).toBeDefined()
  laptop.server.put('contactEntries', { ...entry, isConfidential: true, rev: 2 })
  await sync(session)
  expect(entryOf(session, 1)).toBeUndefined()
  session.close()
  expect(entryOf(await open(laptop), 1)).toBeUndefined()
})

test('[L5] removes a household that left the scope, but keeps a person whom another household shows', async () => {
  const laptop = aLaptop()
  laptop.server.seed(householdRows(2))
  laptop.server.put('persons', personRow(9, [1, 2]))
  laptop.server.put('contactEntries', entryRow(2, 2))
  laptop.server.setAccess(advisorId, idOf('household', 2), 'lead')
  const session = await open(laptop)
  expect(idsOf(session, 'persons')).toEqual([1, 2, 9].map((n) => idOf('person', n)))
  laptop.server.setAccess(advisorId, idOf('household', 2), null)
  await sync(session)
  expect(idsOf(session, 'households')).toEqual([idOf('household', 1)])
  expect(idsOf(session, 'persons')).toEqual([1, 9].map((n) => idOf('person', n)))
  expect(entryOf(session, 2)).toBeUndefined()
  session.close()
  expect(entryOf(await open(laptop), 2)).toBeUndefined()
})

test('[L5] fetches a household anew when it is seen for another reason, and leaves out what that one does not show', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1, { authorId: otherAdvisorId, colleagueIds: [], isConfidential: true }))
  laptop.server.put('contactEntries', entryRow(2, 1))
  const session = await open(laptop)
  expect(idsOf(session, 'contactEntries')).toHaveLength(2)
  laptop.server.setAccess(advisorId, idOf('household', 1), 'cover')
  await sync(session)
  expect(idsOf(session, 'contactEntries')).toEqual([idOf('entry', 2)])
})

test('[L5] brings a household back with rows that were hidden meanwhile at the same seq', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  laptop.server.setAccess(advisorId, idOf('household', 1), null)
  await sync(session)
  laptop.server.put('contactEntries', entryRow(1, 1))
  await sync(session)
  expect(entryOf(session, 1)).toBeUndefined()
  laptop.server.setAccess(advisorId, idOf('household', 1), 'lead')
  await sync(session)
  expect(entryOf(session, 1)?.subject).toBe('Yearly review')
})

test('[L6] keeps the newer row when an older one comes again', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  laptop.server.put('contactEntries', entryRow(1, 1, { subject: 'new', rev: 2 }))
  await sync(session)
  const newer = must(session.replica.base.entry('contactEntries', idOf('entry', 1)), 'entry')
  session.replica.receive([{ ...newer, seq: newer.seq - 1, n: newer.n + 100, row: entryRow(1, 1, { subject: 'old' }) }], [], session.replica.standing)
  expect(mustEntry(session, 1).subject).toBe('new')
})

test('[L7] drops a command in the transaction that brings its rows, and tells main that it is settled', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await session.syncIdle()
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 1))).toBe('saved')
  laptop.api.flush()
  await sync(session)
  expect(await session.db.pending.count()).toBe(0)
  expect(laptop.api.journal).toEqual([])
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 1))).toBeNull()
  expect(mustEntry(session, 1).receivedAtMs).toBe(NOW_MS)
})

test('[L7] shows an answered command as applied until its rows are here', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  await session.syncIdle()
  laptop.api.flush()
  laptop.api.isOnline = false
  await sync(session)
  expect(session.replica.unsettledOf('contactEntries', idOf('entry', 1))).toBe('applied')
  expect(mustEntry(session, 1).receivedAtMs).toBeNull()
})

test('[L8] shows pending commands on top of rows that arrive meanwhile', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1))
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/amend', args: { id: idOf('entry', 1), edits: { subject: { from: 'Yearly review', to: 'Mine' } }, reason: null } })
  laptop.server.put('contactEntries', entryRow(1, 1, { place: 'Graz', rev: 2 }))
  await sync(session)
  expect(mustEntry(session, 1)).toMatchObject({ subject: 'Mine', place: 'Graz', rev: 3 })
})

test('[P4] puts a refused command aside with its reason and takes its effect back', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1))
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/amend', args: { id: idOf('entry', 1), edits: { subject: { from: 'Yearly review', to: 'Mine' } }, reason: null } })
  laptop.server.put('contactEntries', entryRow(1, 1, { subject: 'Theirs', rev: 2 }))
  laptop.api.flush()
  await sync(session)
  expect(mustEntry(session, 1).subject).toBe('Theirs')
  expect(session.replica.attention).toMatchObject([{ name: 'contact/amend', error: { code: 'conflict/field', params: { mine: '"Mine"', theirs: '"Theirs"' } } }])
})

test('[L5] keeps work for a household that was lost, and puts it aside once the server refused it', async () => {
  const laptop = aLaptop()
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(1, 1) })
  laptop.server.setAccess(advisorId, idOf('household', 1), null)
  await sync(session)
  expect(entryOf(session, 1)).toBeUndefined()
  expect(session.replica.pending).toHaveLength(1)
  laptop.api.flush()
  await sync(session)
  expect(session.replica.attention).toMatchObject([{ name: 'contact/log', args: { note: 'Spoke about the pension.' }, error: { code: 'access/not-found' } }])
})

test('[L7] lets no refused command drop off when there are more outcomes than one answer holds', async () => {
  const laptop = aLaptop()
  const args = (n: number) => ({
    id: idOf('follow-up', n),
    householdId: idOf('household', 1),
    title: 'Call',
    note: '',
    dueOn: '2030-01-02',
    remindAtMs: null,
    zone: 'UTC',
    assigneeId: advisorId,
  })
  laptop.api.journal = Array.from({ length: 505 }, (_, i) => {
    const id = idOf('command', i + 1)
    return { id, n: i + 1, name: 'follow-up/add', version: 1, args: args(i === 504 ? 1 : i + 1), madeAtMs: NOW_MS, status: 'saved' as const, error: null } // the last one's id is taken
  })
  const session = await open(laptop)
  expect(session.replica.list('followUps')).toHaveLength(504)
  laptop.server.push(laptop.api.deviceId, advisorId, laptop.api.journal) // the answer is lost: main knows of none
  await sync(session)
  expect(session.replica.pending).toMatchObject([{ n: 505, status: 'refused', error: { code: 'conflict/exists' } }])
  expect(session.replica.list('followUps')).toHaveLength(504)
})

test('[T18] fetches all anew and keeps pending commands when the server was restored', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1))
  const session = await open(laptop)
  await mustRun(session, { name: 'contact/log', args: logArgs(2, 1) })
  laptop.server.restore('epoch-2', householdRows(1))
  await sync(session)
  expect(entryOf(session, 1)).toBeUndefined()
  expect(entryOf(session, 2)).toBeDefined()
  expect((await readHead(session.db)).epoch).toBe('epoch-2')
  expect(idsOf(session, 'households')).toEqual([idOf('household', 1)])
})

test('shows in one window what another one did, with the next sync turn', async () => {
  const laptop = aLaptop()
  const first = await open(laptop)
  const second = await open(laptop)
  await mustRun(first, { name: 'contact/log', args: logArgs(1, 1) })
  await sync(first)
  await shown(second)
  expect(entryOf(second, 1)).toBeDefined()
  laptop.api.flush()
  await sync(first)
  await shown(second)
  expect(mustEntry(second, 1).receivedAtMs).toBe(NOW_MS)
})
