/** The drill of a lost server: backup, more work, server and disk gone, restore on another machine, everybody comes back. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { SERVER_DEVICE_ID } from '../../server/audit/entry-hash.ts'
import { verifyChain } from '../../server/audit/verify-chain.ts'
import { findRunning } from '../../server/db/embedded/find-running.ts'
import { type Db, openDatabase } from '../../server/db/open-database.ts'
import { addColleagues } from '../../server/people/add-colleagues.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import { must } from '../../shared/lib/must.ts'
import { logArgs } from '../support/firm-rows.ts'
import { emails, PASSPHRASE } from '../support/http-host.ts'
import { PgHost } from '../support/pg-host.ts'
import { appFolder, projectNode } from '../support/project.ts'
import { serverFirm } from '../support/server-firm.ts'
import { idOf } from '../support/test-id.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { DrillLaptop } from './drill-laptop.ts'

const endings: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

async function serve(dataDir: string, port = 0): Promise<TestServer> {
  const server = await startTestServer({ dataDir, port, env: { RAPPORT_REQUESTS_PER_SECOND: '10000' } })
  endings.push(() => server.stop())
  return server
}

async function withDb<T>(dataDir: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = openDatabase(must(findRunning(dataDir), 'the running database'), () => undefined, 4)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

/** Three advisors with a household each, past commands and policy. */
const seedFirm = (dataDir: string): Promise<void> =>
  withDb(dataDir, async (db) => {
    const rows = serverFirm()
    const people = rows.flatMap((r) => (r.table === 'colleagues' ? [{ colleague: r.row as Colleague, passphrase: PASSPHRASE }] : []))
    await addColleagues(db, people, [], 0)
    await PgHost.over(db).seed(rows.filter((r) => r.table !== 'colleagues'))
  })

function administrate(command: 'backup' | 'restore', dataDir: string, args: readonly string[]): string {
  const env = { ...process.env, DATABASE_URL: '', RAPPORT_DATA_DIR: dataDir, RAPPORT_BACKUP_PASSPHRASE: 'the drill’s passphrase' }
  const { status, stdout, stderr } = spawnSync(projectNode, [join(appFolder, 'server', 'backup', `${command}-command.ts`), ...args], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
  return stdout
}

/** Laptops: two of Anna's, one of Otto's, who covers her household too, and two of Stella's, who has another one. */
const OWNERS = [
  { email: emails.advisor, household: 1 },
  { email: emails.advisor, household: 1 },
  { email: emails.otherAdvisor, household: 2 },
  { email: 'stella.fremd@rapport.example', household: 3 },
  { email: 'stella.fremd@rapport.example', household: 3 },
] as const

test('[B3] [B5] [T18] a lost server is restored; five laptops come back, and nothing that was acknowledged is missing', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-drill-'))
  endings.push(() => rmSync(folder, { recursive: true, force: true }))
  const [first, second] = [join(folder, 'first'), join(folder, 'second')]
  mkdirSync(join(folder, 'laptops'))
  const server = await serve(first)
  await seedFirm(first)
  const laptops = OWNERS.map(({ email }) => new DrillLaptop({ folder: join(folder, 'laptops'), url: server.url, email, passphrase: PASSPHRASE }))
  for (const laptop of laptops) await laptop.open()
  endings.push(() => Promise.all(laptops.map((laptop) => laptop.close())))

  let entryN = 100
  const work = async (laptop: DrillLaptop, count: number): Promise<void> => {
    const household = must(OWNERS[laptops.indexOf(laptop)], 'owner').household
    for (let i = 0; i < count; i++) await laptop.save({ name: 'contact/log', args: logArgs(++entryN, household, { subject: `Entry ${entryN}` }) })
  }
  await Promise.all(laptops.map((laptop) => work(laptop, 8)))
  for (const laptop of laptops) await laptop.untilSent()
  const file = join(folder, 'drill.backup')
  expect(administrate('backup', first, ['--to', file])).toContain('read back')

  await Promise.all(laptops.map((laptop, i) => work(laptop, 12 + i)))
  const [anna, annaToo, otto] = laptops as [DrillLaptop, DrillLaptop, DrillLaptop]
  const shared = ++entryN
  await anna.save({ name: 'contact/log', args: logArgs(shared, 1, { subject: 'Before' }) })
  for (const laptop of laptops) await laptop.untilSent()
  await otto.save({ name: 'contact/log', args: logArgs(101, 2) }) // an id that is taken: refused, and stays so
  await otto.untilSent()
  await annaToo.save({ name: 'contact/amend', args: { id: idOf('entry', shared), edits: { subject: { from: 'Before', to: 'After' } }, reason: null } })
  await annaToo.untilSent()
  const acknowledged = laptops.flatMap((laptop) => [...laptop.told].filter(([, status]) => status === 'applied').map(([id]) => id))
  expect(acknowledged.length).toBe(5 * 20 + 10 + 2)
  const epoch = await withDb(first, epochOf)
  const serverKey = await withDb(first, serverKeyOf)

  await server.kill()
  rmSync(first, { recursive: true })
  await Promise.all(laptops.map((laptop) => work(laptop, 3))) // they go on, offline
  const amendedOffline = await annaToo.save({ name: 'contact/amend', args: { id: idOf('entry', shared), edits: { subject: { from: 'After', to: 'Offline' } }, reason: null } })
  const later = 15
  expect(administrate('restore', second, ['--from', file])).toContain('The trail holds')
  await serve(second, Number(new URL(server.url).port))
  for (const stale of laptops.slice(0, 2)) {
    await stale.close()
    await stale.open()
  }
  for (const laptop of laptops.toReversed()) await laptop.signInAgain()
  for (const laptop of laptops) await laptop.untilSent()

  expect(laptops.map(({ alarms }) => alarms.filter((event) => event === 'sync.server-restored').length)).toEqual([1, 1, 1, 1, 1])
  await withDb(second, async (db) => {
    expect(await epochOf(db)).not.toBe(epoch)
    expect(await verifyChain(db)).toBeNull()
    expect([await serverKeyOf(db), await countServerKeys(db)], 'it signs with the key that it had').toEqual([serverKey, 1])
    const log = await db.selectFrom('command_log').select(['command_id', 'status']).where('status', '=', 'applied').execute()
    const applied = log.map((row) => row.command_id)
    // Her second laptop came back first, when what it had amended was not there yet: both amendments waited for the first. [B6]
    expect(acknowledged.filter((id) => !applied.includes(id))).toEqual([])
    expect(applied).toContain(amendedOffline)
    const entries = await db.selectFrom('contact_entries').select('subject').where('subject', 'like', 'Entry %').execute()
    expect(entries).toHaveLength(5 * 20 + 10 + later)
    expect(new Set(entries.map((entry) => entry.subject)).size, 'no entry twice').toBe(entries.length)
    expect(await db.selectFrom('contact_entries').select('subject').where('id', '=', idOf('entry', shared)).execute()).toEqual([{ subject: 'Offline' }])
  })
  expect(laptops.map((laptop) => laptop.journal.countRefused())).toEqual([0, 0, 1, 0, 0])
})

const serverKeyOf = async (db: Db): Promise<string> =>
  must((await db.selectFrom('device').select('public_key').where('id', '=', SERVER_DEVICE_ID).executeTakeFirstOrThrow()).public_key, 'key of the server')
const countServerKeys = async (db: Db): Promise<number> => (await db.selectFrom('audit').select('n').where('name', '=', 'server/key').execute()).length

const epochOf = async (db: Db): Promise<string> => (await db.selectFrom('head').select('epoch').executeTakeFirstOrThrow()).epoch
