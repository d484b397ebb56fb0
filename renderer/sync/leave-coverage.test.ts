/** Goal: with the next pull after coverage ended, nothing of the household is on the laptop but the person's own unsent work. */
import { afterEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { advisorId, coverageRow, entryRow, followUpRow, householdRows, logArgs, NOW_MS, otherAdvisorId, personRow } from '../../test/support/firm-rows.ts'
import { aLaptop, mustRun, openOn, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { openSummary, writeSummary } from '../db/contact-summary.ts'
import { readPage } from '../db/page-text.ts'
import { readHead, readScope } from '../db/replica-head.ts'
import type { ReplicaSession } from '../db/replica-session.ts'
import { openPage, openRows, scopeToken } from '../db/sealed-rows.ts'

const HOUSEHOLD = 2
const lost = idOf('household', HOUSEHOLD)
const noWait = () => Promise.resolve()

let session: ReplicaSession | null = null
afterEach(() => session?.close())

/** Everything IndexedDB holds, opened, but for pending work. Its summary counts as what it was written for, current or not. */
async function everythingStored({ db }: ReplicaSession): Promise<string> {
  const pages = await Promise.all((await db.pages.toArray()).map((page) => readPage(openPage(page).body)))
  const summary = await db.meta.get('summary')
  const { generation } = await readHead(db)
  const facts = summary && ((await openSummary(await db.meta.get('summary'), generation, 0)) ?? 'a summary of before')
  const tokens = [...(await db.pages.toArray()), ...(await db.rows.toArray())].flatMap((stored) => stored.scopes)
  const isNamed = tokens.includes(scopeToken(lost))
  return JSON.stringify([pages, openRows(await db.rows.toArray()), await readScope(db), facts instanceof Map ? [...facts] : facts, isNamed ? lost : ''])
}

test('[L5] coverage that ended takes the household off the laptop: rows, pages, search, summary; unsent work waits with its reason', async () => {
  const laptop = aLaptop()
  laptop.server.seed(householdRows(HOUSEHOLD))
  laptop.server.setAccess(advisorId, lost, 'lead')
  for (let n = 1; n <= 6; n++) laptop.server.put('contactEntries', entryRow(n, 1 + (n % 2), { subject: n % 2 ? 'Zebra crossing' : 'Plain talk' }))
  session = await openOn(laptop)
  laptop.server.put('contactEntries', entryRow(7, HOUSEHOLD, { subject: 'Zebra again' })) // comes by pull: a row, not a page
  laptop.server.put('followUps', followUpRow(7, HOUSEHOLD, { title: 'Zebra call' }))
  await sync(session)
  await mustRun(session, { name: 'contact/log', args: { ...logArgs(8, HOUSEHOLD), note: 'Zebra unsent' } })
  await writeSummary(session.db, session.replica, NOW_MS, noWait)
  expect(await everythingStored(session)).toContain(lost)
  expect((await session.search('zebra', 20)).map((hit) => hit.table)).toEqual(expect.arrayContaining(['followUps', 'contactEntries']))

  laptop.server.put('coverages', coverageRow(HOUSEHOLD, HOUSEHOLD, advisorId, { toOn: '2020-01-01', rev: 2 }))
  laptop.server.setAccess(advisorId, lost, null)
  await sync(session)
  const { replica } = session
  expect(await everythingStored(session)).not.toContain(lost)
  expect(await session.db.meta.get('summary')).toBeUndefined()
  expect(replica.find('households', lost)).toBeUndefined()
  expect(replica.base.listFactsOf(lost)).toEqual([])
  expect(await session.search('zebra', 20)).toEqual([])
  expect(replica.pending).toHaveLength(1)

  laptop.api.flush()
  await sync(session)
  expect(must(replica.attention[0], 'refused')).toMatchObject({ name: 'contact/log', args: { note: 'Zebra unsent' }, error: { code: 'access/not-found' } })
  session.close()
  session = await openOn(laptop)
  expect(await everythingStored(session)).not.toContain(lost)
  expect(await session.search('zebra', 20)).toEqual([])
  expect(session.replica.find('households', idOf('household', 1))).toBeDefined()
  expect(session.replica.attention).toHaveLength(1)
})

test('[L5] a person who moved to a household that is lost does not come back as a member of one that stays', async () => {
  const laptop = aLaptop()
  laptop.server.seed(householdRows(HOUSEHOLD))
  laptop.server.setAccess(advisorId, lost, 'lead')
  laptop.server.put('persons', personRow(7, [1, HOUSEHOLD]))
  session = await openOn(laptop) // in a page
  laptop.server.put('persons', { ...personRow(7, [HOUSEHOLD]), rev: 2 })
  await sync(session)
  expect(session.replica.find('persons', idOf('person', 7))?.memberships).toHaveLength(1)
  laptop.server.setAccess(advisorId, lost, null)
  await sync(session)
  expect(session.replica.find('persons', idOf('person', 7))).toBeUndefined()
  laptop.server.setAccess(advisorId, lost, 'lead')
  await sync(session)
  expect(session.replica.find('persons', idOf('person', 7))?.memberships).toHaveLength(1)
})

test('[L5] a summary made before coverage ended is not written after it', async () => {
  const laptop = aLaptop()
  laptop.server.put('contactEntries', entryRow(1, 1))
  session = await openOn(laptop)
  const { db, replica } = session
  const { standing, base } = replica
  const households = replica.list('households')
  laptop.server.setAccess(advisorId, idOf('household', 1), null)
  await sync(session)
  await writeSummary(db, { standing, base, list: () => households as never }, NOW_MS, noWait)
  expect(await db.meta.get('summary')).toBeUndefined()
})

/** A laptop of somebody who covers the household beside its lead, with one entry of another's, summed up. */
async function anEntryOfAnother() {
  const laptop = aLaptop()
  laptop.server.setAccess(advisorId, idOf('household', 1), 'cover')
  const by = { authorId: otherAdvisorId, colleagueIds: [otherAdvisorId] }
  laptop.server.put('contactEntries', entryRow(1, 1, by))
  const opened = await openOn(laptop)
  session = opened
  await writeSummary(opened.db, opened.replica, NOW_MS, noWait)
  const summed = async () =>
    [...((await openSummary(await opened.db.meta.get('summary'), (await readHead(opened.db)).generation, 0)) ?? new Map()).values()].flat().map(({ id }) => id)
  const makeConfidential = async () => {
    laptop.server.put('contactEntries', entryRow(1, 1, { ...by, isConfidential: true, rev: 2 }))
    await sync(opened)
  }
  return { opened, summed, makeConfidential }
}

test('[L4] an entry that was made confidential leaves the summary of the next start', async () => {
  const { opened, summed, makeConfidential } = await anEntryOfAnother()
  expect(await summed()).toEqual([idOf('entry', 1)])
  await makeConfidential()
  expect(await opened.db.meta.get('summary')).toBeUndefined()
  expect(opened.replica.listEntryFactsOf(idOf('household', 1))).toEqual([])
  await writeSummary(opened.db, opened.replica, NOW_MS, noWait)
  expect(await summed()).toEqual([])
})

test('[L4] a summary made before that is not written after it', async () => {
  const { opened, makeConfidential } = await anEntryOfAnother()
  const { standing, base } = opened.replica
  const old = { standing, base: { listFactsOf: () => base.listFactsOf(idOf('household', 1)) } as never, list: opened.replica.list.bind(opened.replica) }
  await makeConfidential()
  await writeSummary(opened.db, old as never, NOW_MS, noWait)
  expect(await opened.db.meta.get('summary')).toBeUndefined()
})
