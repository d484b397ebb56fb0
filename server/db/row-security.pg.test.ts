import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tableNames } from '../../shared/domain/tables.ts'
import { entryRow, logArgs } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, complianceId, gonePersonId, household, otherAdvisorId, serverFirm, strangerId, todayOn, workRows } from '../../test/support/server-firm.ts'
import { idOf } from '../../test/support/test-id.ts'
import { storeBlob } from '../files/blob-store.ts'
import { snakeCase } from './columns.ts'
import { findRunTimeRole } from './grant-rights.ts'
import type { Db, Tx } from './open-database.ts'
import { type Statement, together } from './together.ts'
import { inNameOf, lookAsSystem, withActor } from './with-actor.ts'

/** Tables that hold nothing of clients or people. */
const OPEN = ['attempt', 'firm', 'head', 'kysely_migration', 'kysely_migration_lock']
/** What the gate may see: who is there, their devices with the answers given to them, and sessions. */
const GATE = ['colleagues', 'command_log', 'credential', 'device', 'oidc_attempt', 'oidc_identity', 'session', 'teams']

let host: PgHost
let appDb: Db
beforeAll(async () => {
  host = await PgHost.open([...serverFirm(), ...workRows()])
  appDb = host.database.appDb
  await host.run(advisorId, { name: 'contact/log', args: logArgs(2, 1) })
  await storeBlob(appDb, new TextEncoder().encode('a letter'), 0)
  await appDb.insertInto('oidc_identity').values({ issuer: 'https://id.example', subject: 's', colleague_id: advisorId, bound_at_ms: 0 }).execute()
  const attempt = { id: idOf('attempt', 1), device_id: idOf('device', 1), state: '', nonce: '', code_challenge: '', redirect_uri: '', expires_at_ms: 0 }
  await appDb.insertInto('oidc_attempt').values(attempt).execute()
})
afterAll(() => host.close())

const tables = async (): Promise<readonly { name: string; isSecure: boolean }[]> =>
  (
    await sql<{ name: string; isSecure: boolean }>`SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS "isSecure"
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`.execute(host.db)
  ).rows
const countIn = async (db: Db | Tx, table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(db)
  return Number(rows[0]?.n)
}

test('[R1] the run-time role is neither owner nor superuser, and no policy passes it by', async () => {
  expect(await findRunTimeRole(appDb)).toMatchObject({ isBypassing: false, isOwner: false })
  expect(await findRunTimeRole(host.db)).toMatchObject({ isBypassing: true, isOwner: true })
})

test('[R1] history only grows at run time, and records are never deleted', async () => {
  const denied = [
    sql`UPDATE audit SET name = 'x'`,
    sql`DELETE FROM audit`,
    sql`TRUNCATE audit`,
    sql`UPDATE command_log SET status = 'refused'`,
    sql`DELETE FROM command_log`,
    sql`DELETE FROM contact_entries`,
    sql`DELETE FROM households`,
    sql`ALTER TABLE households DISABLE ROW LEVEL SECURITY`,
    sql`DROP POLICY households_select ON households`,
    sql`SET SESSION AUTHORIZATION rapport`,
    sql`CREATE TABLE public.mine ()`,
  ]
  for (const statement of denied) await expect(statement.execute(appDb)).rejects.toMatchObject({ code: '42501' })
})

test('[R2] every table that holds anything of clients or people has policies, for its owner too', async () => {
  expect((await tables()).filter((t) => !t.isSecure).map((t) => t.name)).toEqual(OPEN)
})

test('[R2] without an actor nothing is seen; the gate sees what sign-in needs, and nothing of clients', async () => {
  const seenBy = async (actor: string): Promise<readonly string[]> => {
    const names: string[] = []
    for (const { name } of await tables())
      if (!OPEN.includes(name)) {
        const seen = await appDb.transaction().execute(async (tx) => {
          await sql`SELECT set_config('rapport.actor', ${actor}, true)`.execute(tx)
          return countIn(tx, name)
        })
        if (seen > 0) names.push(name)
      }
    return names
  }
  expect(await seenBy('')).toEqual([])
  expect(await seenBy('nobody')).toEqual([])
  expect(await seenBy(idOf('nobody', 1))).toEqual([])
  expect(await seenBy(gonePersonId)).toEqual([]) // left the firm
  expect(await seenBy('gate').then((names) => names.filter((n) => !GATE.includes(n)))).toEqual([])
  expect(await seenBy('gate')).toEqual(expect.arrayContaining(['oidc_attempt', 'oidc_identity']))
  expect(await seenBy(advisorId).then((names) => names.filter((n) => n.startsWith('oidc_')))).toEqual([])
  expect(await seenBy('system')).toEqual(expect.arrayContaining(['audit', 'blob', 'households', 'verification_cases']))
})

test('[R2] an actor ends with the transaction: the next request on the connection does not inherit it', async () => {
  await withActor(appDb, advisorId, (tx) => countIn(tx, 'households'))
  for (let i = 0; i < 20; i++) expect(await countIn(appDb, 'households')).toBe(0)
})

test('[R2] what a person sees is found once a transaction, and anew in the next one and for another actor', async () => {
  const seenBy = (actorId: string) =>
    withActor(
      appDb,
      actorId,
      async (tx) => {
        const own = await countIn(tx, 'households')
        const everyone = await lookAsSystem(tx, actorId, todayOn, () => countIn(tx, 'households'))
        return { own, everyone, again: await countIn(tx, 'households') }
      },
      'repeatable read',
      todayOn,
    )
  const before = await seenBy(advisorId)
  expect(before.own).toBeGreaterThan(0)
  expect(before).toMatchObject({ everyone: await countIn(host.db, 'households'), again: before.own })
  expect((await seenBy(complianceId)).own).toBe(before.everyone)
  await sql`UPDATE coverages SET to_on = from_on, from_on = from_on - 1 WHERE colleague_id = ${strangerId}`.execute(host.db)
  for (let i = 0; i < 10; i++) expect((await seenBy(strangerId)).own).toBe(0)
  await sql`UPDATE coverages SET to_on = NULL WHERE colleague_id = ${strangerId}`.execute(host.db)
  for (let i = 0; i < 10; i++) expect((await seenBy(strangerId)).own).toBe(1)
})

/** @returns how many rows were written */
async function writeAs(tx: Tx, personId: string, statement: Statement<unknown>): Promise<number> {
  const { begin, end } = inNameOf(personId, null)
  return (await together(tx, begin, statement, end))[1].count
}

test('[R3] a write out of scope is refused by the database, whatever the program says', async () => {
  const writeEntry = (actorId: string, householdN: number) =>
    withActor(appDb, null, async (tx) => {
      const copied = JSON.stringify({ id: idOf('entry', 70 + householdN), household_id: household(householdN) })
      expect(
        await writeAs(tx, actorId, sql`INSERT INTO contact_entries SELECT (jsonb_populate_record(e, ${copied}::jsonb)).* FROM contact_entries e WHERE id = ${idOf('entry', 1)}`),
      ).toBe(1)
      await Promise.reject(new Error('it was taken')) // and is undone
    })
  await expect(writeEntry(advisorId, 1)).rejects.toThrow('it was taken')
  await expect(writeEntry(advisorId, 3)).rejects.toMatchObject({ code: '42501' })
  await expect(writeEntry(strangerId, 1)).rejects.toMatchObject({ code: '42501' })
})

test('[R3] nobody of the sales line writes a decision, nor a household of others', async () => {
  const write = (actorId: string, statement: ReturnType<typeof sql>) => withActor(appDb, null, (tx) => writeAs(tx, actorId, statement))
  await expect(write(advisorId, sql`UPDATE outcome_claims SET state = 'reversed', rev = rev + 1`)).rejects.toMatchObject({ code: '42501' })
  await write(strangerId, sql`UPDATE households SET name = 'Mine now' WHERE id = ${household(1)}`)
  await write(otherAdvisorId, sql`UPDATE colleagues SET role = 'controller' WHERE id = ${otherAdvisorId}`)
  expect(await host.find('households', household(1))).not.toMatchObject({ name: 'Mine now' })
  expect(await host.find('colleagues', otherAdvisorId)).toMatchObject({ role: 'advisor' })
})

test('a person sees a confidential entry only as its author, attendee or lead', async () => {
  await host.seed([{ table: 'contactEntries', row: entryRow(40, 1, { isConfidential: true, colleagueIds: [advisorId] }) }])
  const sees = (actorId: string) => withActor(appDb, actorId, async (tx) => (await sql`SELECT FROM contact_entries WHERE id = ${idOf('entry', 40)}`.execute(tx)).rows.length)
  expect([await sees(advisorId), await sees(otherAdvisorId), await sees(strangerId)]).toEqual([1, 0, 0])
})

test('columns of the policies name every table of records', async () => {
  const { rows } = await sql<{ name: string }>`SELECT DISTINCT tablename AS name FROM pg_policies WHERE cmd = 'SELECT'`.execute(host.db)
  expect(rows.map((r) => r.name)).toEqual(expect.arrayContaining(tableNames.map(snakeCase)))
})

test('[R2] the system sees every row: a backup in its name leaves nothing out', async () => {
  const count = async (db: Db | Tx) => Object.fromEntries(await Promise.all((await tables()).map(async ({ name }) => [name, await countIn(db, name)] as const)))
  expect(await withActor(appDb, null, count)).toEqual(await count(host.db))
})
