import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { logArgs } from '../../test/support/firm-rows.ts'
import { PgHost } from '../../test/support/pg-host.ts'
import { advisorId, serverFirm, workRows } from '../../test/support/server-firm.ts'
import { verifyChain } from '../audit/verify-chain.ts'
import { type ClonedDatabase, cloneDatabase } from '../db/clone-database.ts'
import { noteRestore } from '../db/note-restore.ts'
import { kyselyOn, openClient, openDatabase } from '../db/open-database.ts'
import { storeBlob } from '../files/blob-store.ts'
import { checkBackup, readBackup, writeBackup } from './backup-file.ts'
import type { BackupSecret } from './backup-key.ts'
import { type LoadResult, loadDatabase } from './load-database.ts'
import { refuseOtherSessions } from './table-list.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const secret: BackupSecret = { type: 'key-file', key: randomBytes(32) }

/** Text that a careless dump breaks: COPY's own marks, quotes, line ends of three kinds, other planes. */
const ODD = 'tab\t back\\slash \\N \\. "q" \'s\' \r\n\u2028 ő 🏦 end\n\\.\n'

async function aFirm(): Promise<PgHost> {
  const host = await PgHost.open([...serverFirm(), ...workRows()])
  const device = await host.device(advisorId)
  for (let n = 10; n < 40; n++) await host.push(device, [{ name: 'contact/log', args: logArgs(n, 1, { subject: `Canary ${n}`, note: ODD }) }])
  await storeBlob(host.db, randomBytes(3_000_000), 5)
  await sql`INSERT INTO account_statement (file_id, format, account, statement_id) SELECT id, 'camt.053', 'AT1', 'S-' || n FROM feed_files, generate_series(1, 7) n`.execute(
    host.db,
  )
  await sql`INSERT INTO reported_line (fingerprint, format, count) SELECT md5(n::text), 'camt.053', n FROM generate_series(1, 30000) n`.execute(host.db) // several of the driver's buffers
  return host
}

async function backUp(url: string, name: string) {
  const client = await openClient(url)
  const path = join(folder, name)
  const summary = await writeBackup(client, path, secret, 1_000)
  await client.end()
  return { path, summary }
}

async function restore(url: string, path: string, isReplacing = false): Promise<LoadResult> {
  const client = await openClient(url)
  try {
    return await loadDatabase(client, readBackup(path, secret), isReplacing)
  } finally {
    await client.end()
  }
}

/** Every table's rows as text, but for the head's epoch, origin and last restore, and for what is left out. */
async function contentsOf({ db }: Pick<ClonedDatabase, 'db'>): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{
    name: string
  }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('session', 'attempt', 'kysely_migration', 'kysely_migration_lock')`.execute(db)
  const contents = new Map<string, string>()
  for (const { name } of tables.rows) {
    const row = name === 'head' ? sql`(to_jsonb(t) - 'epoch' - 'origin' - 'restored_at_ms')::text` : sql`t::text`
    const { rows } = await sql<{ text: string }>`SELECT coalesce(string_agg(${row}, E'\n' ORDER BY ${row}), '') AS text FROM ${sql.table(name)} t`.execute(db)
    contents.set(name, rows[0]?.text ?? '')
  }
  return contents
}

test('[B1] [B3] brings everything back, byte for byte, under a new epoch, and numbering goes on', async () => {
  const firm = await aFirm()
  const before = await contentsOf(firm)
  const epoch = (await firm.db.selectFrom('head').select('epoch').executeTakeFirstOrThrow()).epoch
  const { path, summary } = await backUp(firm.database.url, 'whole.backup')
  expect(await checkBackup(path, secret)).toEqual(summary)
  const text = readFileSync(path)
  for (const canary of ['Canary', 'contact/log', 'colleagues', advisorId]) expect(text.includes(canary), canary).toBe(false)

  const empty = await cloneDatabase()
  await empty.db.destroy()
  const restored = await restore(empty.url, path)
  const client = await openClient(empty.url)
  const db = kyselyOn(client)
  expect(await contentsOf({ db })).toEqual(before)
  expect(restored.epoch).not.toBe(epoch)
  expect((await db.selectFrom('head').select('restored_at_ms').executeTakeFirstOrThrow()).restored_at_ms, 'laptops may leave work waiting').not.toBeNull()
  expect(await verifyChain(db)).toBeNull()
  expect(await noteRestore(db, 1), 'the next start has nothing to notice').toBe(false)
  expect(
    (
      await sql<{
        n: number
      }>`INSERT INTO account_statement (file_id, format, account, statement_id) SELECT id, 'camt.053', 'AT1', 'S-8' FROM feed_files LIMIT 1 RETURNING id AS n`.execute(db)
    ).rows,
  ).toEqual([{ n: 8 }])
  await expect(sql`DELETE FROM audit`.execute(db)).rejects.toThrow('append-only') // its triggers are on again
  await client.end()
  await firm.close()
})

test('[B2] [B4] a damaged file, a wrong key or a used database: refused, and everything is as it was', async () => {
  const firm = await aFirm()
  const { path } = await backUp(firm.database.url, 'good.backup')
  const device = await firm.device(advisorId)
  await firm.push(device, [{ name: 'contact/log', args: logArgs(90, 1) }])
  const before = await contentsOf(firm)
  const cut = join(folder, 'cut.backup')
  writeFileSync(cut, readFileSync(path))
  truncateSync(cut, readFileSync(path).length - 1_000)
  const { url } = firm.database
  await expect(restore(url, path)).rejects.toMatchObject({ code: 'in-use' })
  await Promise.all([firm.db.destroy(), firm.deps.db.destroy()])
  await expect(restore(url, path)).rejects.toMatchObject({ code: 'not-empty' })
  await expect(restore(url, cut, true)).rejects.toMatchObject({ code: 'damaged' })
  await expect(checkBackup(path, { type: 'key-file', key: randomBytes(32) })).rejects.toMatchObject({ code: 'wrong-key' })
  const look = openDatabase(url, () => undefined, 1)
  expect(await contentsOf({ db: look })).toEqual(before)
  await look.destroy()
  await restore(url, path, true)
  const again = openDatabase(url, () => undefined, 1)
  expect((await contentsOf({ db: again })).get('contact_entries')).not.toBe(before.get('contact_entries'))
  await again.destroy()
  await firm.close()
})

test('[B1] a backup that is broken off leaves no file behind', async () => {
  const { url, drop } = await cloneDatabase()
  const client = await openClient(url)
  const killer = await openClient(url)
  const path = join(folder, 'broken.backup')
  const taking = writeBackup(client, path, secret, 1_000)
  await killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  await expect(taking).rejects.toThrow()
  expect([existsSync(path), existsSync(`${path}.unfinished`)]).toEqual([false, false])
  await killer.end()
  await drop()
})

test('[B4] who is no superuser, as an office’s owner of the tables, hears too that somebody is connected', async () => {
  const { appUrl, db, drop } = await cloneDatabase()
  await sql`SELECT 1`.execute(db)
  const client = await openClient(appUrl)
  await expect(refuseOtherSessions(client)).rejects.toMatchObject({ code: 'in-use' })
  await client.end()
  await drop()
})
