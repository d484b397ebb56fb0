import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { waitFor } from '../../test/support/wait-for.ts'
import { type ClonedDatabase, cloneDatabase } from '../db/clone-database.ts'
import { HeadListener } from './head-listener.ts'

let database: ClonedDatabase
let heads: HeadListener
beforeEach(async () => {
  database = await cloneDatabase()
  heads = new HeadListener(database.appUrl)
})
afterEach(async () => {
  await heads.close()
  await database.drop()
})

async function countConnections(): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rapport-head'`.execute(database.db)
  return rows[0]?.count ?? 0
}

const cut = () => sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rapport-head'`.execute(database.db)
const announce = (text: string) => sql`SELECT pg_notify('rapport_head', ${text})`.execute(database.db)

test('[L9] hears again after its connection was cut, over one connection', async () => {
  const heard: number[] = []
  heads.subscribe((head) => heard.push(head))
  await heads.open()
  for (const seq of [7, 8]) {
    await cut()
    await waitFor('the listener to be back', async () => ((await countConnections()) === 1 ? true : undefined))
    await waitFor('the head', async () => {
      await announce(String(seq)) // again and again: the connection stands a moment before it listens
      return heard.at(-1) === seq ? true : undefined
    })
  }
  expect(await countConnections()).toBe(1)
})

test('leaves no connection behind when it is closed while it opens', async () => {
  const opening = heads.open()
  await heads.close()
  await opening
  expect(await waitFor('the connection to go', async () => ((await countConnections()) === 0 ? true : undefined))).toBe(true)
})
