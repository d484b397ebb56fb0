import 'fake-indexeddb/auto' // before Dexie looks for one
import { afterEach, expect, test } from 'vitest'
import { must } from '../../shared/lib/must.ts'
import { entryRow } from '../../test/support/firm-rows.ts'
import { aLaptop, openOn, sync } from '../../test/support/replica-fixture.ts'
import { idOf } from '../../test/support/test-id.ts'
import { compactOverlay } from './compact-overlay.ts'
import type { StoredPage } from './replica-database.ts'
import type { ReplicaSession } from './replica-session.ts'
import { openPage, sealPage, sealRow } from './sealed-rows.ts'

let session: ReplicaSession | null = null
afterEach(() => session?.close())

/** A laptop whose pages hold 30 entries, 20 of which have changed since. */
async function anOverlaidLaptop(): Promise<ReplicaSession> {
  const laptop = aLaptop()
  for (let n = 1; n <= 30; n++) laptop.server.put('contactEntries', entryRow(n, 1))
  session = await openOn(laptop)
  for (let n = 1; n <= 20; n++) laptop.server.put('contactEntries', entryRow(n, 1, { subject: `Changed ${n}`, rev: 2 }))
  await sync(session)
  return session
}

/** Has something else write once, at the moment between the reading of the page with entries and its rewriting. */
function betweenReadAndWrite({ db }: ReplicaSession, write: (page: StoredPage) => Promise<unknown>): void {
  const get = db.pages.get.bind(db.pages) as (n: number) => Promise<StoredPage | undefined>
  db.pages.get = (async (n: number) => {
    const page = must(await get(n), 'page')
    if (page.part === 'entries') {
      db.pages.get = get as never
      await write(page)
    }
    return page
  }) as never
}

test('[L12] a page that was changed after it was read is not written over', async () => {
  const opened = await anOverlaidLaptop()
  const changed: StoredPage[] = []
  betweenReadAndWrite(opened, async (page) => {
    const other = sealPage(page, ['another scope'], openPage(page).body)
    changed.push(other)
    await opened.db.pages.put(other)
  })
  await compactOverlay(opened.db, opened.replica, 10)
  const { n, sealed } = must(changed[0], 'changed page')
  expect((await opened.db.pages.get(n))?.sealed).toEqual(sealed)
})

test('[L12] a row that came after the others were read is not packed away with them', async () => {
  const { db, replica } = await anOverlaidLaptop()
  const { k, seq } = must((await db.rows.toArray())[0], 'row')
  const newer = sealRow(k, replica.standing.counter + 100, { table: 'contactEntries', id: idOf('entry', 1), seq: seq + 100, row: entryRow(1, 1, { subject: 'Newer', rev: 3 }) })
  const bulkGet = db.rows.bulkGet.bind(db.rows)
  db.rows.bulkGet = (async (keys: never) => {
    db.rows.bulkGet = bulkGet
    await db.rows.put(newer)
    return bulkGet(keys)
  }) as never
  await compactOverlay(db, replica, 10)
  expect((await db.rows.toArray()).map((row) => row.n)).toEqual([newer.n])
})
