import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ClonedDatabase, cloneDatabase } from './clone-database.ts'
import { type Db, openDatabase } from './open-database.ts'
import { sendAhead, together } from './together.ts'

let database: ClonedDatabase
let db: Db
beforeAll(async () => {
  database = await cloneDatabase()
  db = openDatabase(database.url, () => undefined, 1, 'system') // one connection: what a failure leaves behind is met by the next
  await sql`CREATE TABLE notes (id int PRIMARY KEY, text text)`.execute(db)
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const add = (id: number, text: string) => sql`INSERT INTO notes VALUES (${id}, ${text})`
const texts = sql<{ text: string }>`SELECT text FROM notes ORDER BY id`
const count = async () => (await sql<{ count: number }>`SELECT count(*)::int AS count FROM notes`.execute(db)).rows[0]?.count

test('statements that travel together run in order, each on what those before have written', async () => {
  const answers = await db.transaction().execute((tx) => together(tx, add(1, 'one'), texts, sql`UPDATE notes SET text = 'two'`, texts))
  expect(answers.map((a) => [a.count, a.rows])).toEqual([
    [1, []],
    [1, [{ text: 'one' }]],
    [1, []],
    [1, [{ text: 'two' }]],
  ])
})

test('the first error is thrown, nothing of the transaction stays, and the connection goes on', async () => {
  const before = await count()
  const failing = db.transaction().execute((tx) => together(tx, add(2, 'kept?'), add(2, 'twice'), texts))
  await expect(failing).rejects.toMatchObject({ code: '23505' }) // and not 25P02 of those behind it
  expect(await count()).toBe(before)
  const again = db.transaction().execute(async (tx) => {
    await sendAhead(tx, sql`SAVEPOINT here`)
    await together(tx, add(3, 'three'), add(3, 'twice')).catch(() => sql`ROLLBACK TO SAVEPOINT here`.execute(tx))
    await together(tx, add(4, 'four'))
  })
  await again
  expect(await count()).toBe((before ?? 0) + 1)
})

test('a statement that nobody waited for fails with the next one, and the transaction with it', async () => {
  const before = await count()
  const work = db.transaction().execute(async (tx) => {
    await sendAhead(tx, sql`SELECT 1 / 0`)
    await together(tx, add(5, 'five'))
  })
  await expect(work).rejects.toMatchObject({ code: '22012' })
  const unasked = db.transaction().execute((tx) => sendAhead(tx, sql`SELECT 1 / 0`)) // the commit is the next one
  await expect(unasked).rejects.toMatchObject({ code: '22012' })
  expect(await count()).toBe(before)
})

test('[L1] what began for reading cannot write, and its end is not waited for', async () => {
  const reading = (work: Parameters<ReturnType<Db['transaction']>['execute']>[0]) => db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work)
  await expect(reading((tx) => together(tx, add(6, 'six')))).rejects.toMatchObject({ code: '25006' })
  expect(await reading(async (tx) => (await together(tx, texts))[0].count)).toBe(await count())
})
