import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from './clone-database.ts'
import { noteRestore } from './note-restore.ts'

let database: ClonedDatabase
beforeEach(async () => {
  database = await cloneDatabase()
})
afterEach(() => database.drop())

const epoch = async (): Promise<string> => (await database.db.selectFrom('head').select('epoch').executeTakeFirstOrThrow()).epoch

test('a new epoch begins where the database came out of a backup, and only there', async () => {
  const first = await epoch()
  expect([await noteRestore(database.db, 7), await noteRestore(database.db, 7)]).toEqual([false, false])
  expect(await epoch()).toBe(first)
  await database.db.updateTable('head').set({ origin: 'another-cluster/1' }).execute() // as a loaded dump brings it
  expect(await noteRestore(database.db, 7)).toBe(true)
  expect(await epoch()).not.toBe(first)
  expect(await noteRestore(database.db, 7)).toBe(false)
})
