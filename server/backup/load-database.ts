import { createHash } from 'node:crypto'
import { Migrator } from 'kysely/migration'
import type pg from 'pg'
import { verifyChain } from '../audit/verify-chain.ts'
import { migrations } from '../db/migrations/index.ts'
import { beginEpoch, noteOrigin } from '../db/note-restore.ts'
import { kyselyOn, type Tx } from '../db/open-database.ts'
import { BackupError } from './backup-error.ts'
import type { BackupEnd, BackupManifest, BackupRecord, TableHead } from './backup-record.ts'
import { copyIn } from './copy-stream.ts'
import { dropEverything, findContents } from './empty-database.ts'
import { columnList, listTables, refuseOtherSessions } from './table-list.ts'

type Records = AsyncGenerator<BackupRecord>

export interface LoadResult {
  readonly manifest: BackupManifest
  readonly tables: number
  readonly rows: number
  readonly epoch: string // the new one
}

/**
 * Puts a backup into the database, in one transaction: until its end everything is as it was, and where anything does
 * not agree it stays so. The new epoch tells every device to send again what the backup lacks. [B3] [B4]
 * @throws {BackupError} 'not-empty' without `isReplacing` where there is something in the database, 'in-use', 'newer-version', 'damaged'
 */
export async function loadDatabase(client: pg.Client, records: Records, isReplacing: boolean): Promise<LoadResult> {
  await refuseOtherSessions(client)
  const contents = await findContents(client)
  if (contents !== null && !isReplacing) throw new BackupError('not-empty', `There is something in the database already (${contents}). To put the backup in its place: --replace`)
  return kyselyOn(client)
    .transaction()
    .execute(async (tx) => {
      await dropEverything(client)
      const manifest = await takeManifest(records)
      await migrateThrough(tx, manifest.migrations)
      const end = await loadTables(client, records)
      if (!(await records.next()).done) throw new BackupError('damaged', 'The backup goes on behind its end.') // reads the last piece, whose seal says that it is the last
      await checkTrail(tx, manifest)
      await migrateThrough(tx, Object.keys(migrations))
      await beginEpoch(tx, Date.now())
      await noteOrigin(tx)
      const { epoch } = await tx.selectFrom('head').select('epoch').executeTakeFirstOrThrow()
      return { manifest, tables: end.tables, rows: end.rows, epoch }
    })
}

async function takeManifest(records: Records): Promise<BackupManifest> {
  const { value } = await records.next()
  if (value?.kind !== 'manifest') throw new BackupError('damaged', 'The backup does not begin with its manifest.')
  const unknown = value.body.migrations.find((name: string) => !(name in migrations))
  if (unknown !== undefined) throw new BackupError('newer-version', `A newer version of Rapport made the backup (it knows ${unknown}). Restore with that version.`)
  return value.body
}

/** Brings the schema to the newest of these steps, which are the first ones of ours. */
async function migrateThrough(tx: Tx, names: readonly string[]): Promise<void> {
  const migrator = new Migrator({ db: tx, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateTo([...names].sort().at(-1) ?? '')
  if (error) throw error
}

/** Rows go in with the tables' own triggers off: they judge new work by today's firm, and this is old work. Constraints stay on. */
async function loadTables(client: pg.Client, records: Records): Promise<BackupEnd> {
  const here = await listTables(client)
  const names = here.map(({ table }) => `public."${table}"`)
  const triggers = await client.query<{ onTable: string; name: string }>(
    `SELECT tgrelid::regclass::text AS "onTable", quote_ident(tgname) AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid::regclass::text = ANY($1)`,
    [here.map(({ table }) => table)],
  )
  for (const { onTable, name } of triggers.rows) await client.query(`ALTER TABLE ${onTable} DISABLE TRIGGER ${name}`)
  const secured = await client.query<{ name: string }>(`SELECT oid::regclass::text AS name FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace`)
  for (const { name } of secured.rows) await client.query(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`) // COPY refuses tables with policies, except to their owner
  await client.query(`TRUNCATE ${names.join(', ')} CASCADE`)
  const end = await copyTables(client, records)
  if (end.tables !== here.length) throw new BackupError('damaged', `The backup has ${end.tables} tables; this schema has ${here.length}.`)
  for (const [name, last] of Object.entries(end.sequences)) await client.query('SELECT setval($1, $2)', [`public.${name}`, last])
  await client.query('SET CONSTRAINTS ALL IMMEDIATE')
  for (const { onTable, name } of triggers.rows) await client.query(`ALTER TABLE ${onTable} ENABLE TRIGGER ${name}`)
  for (const { name } of secured.rows) await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)
  return end
}

async function copyTables(client: pg.Client, records: Records): Promise<BackupEnd> {
  for await (const record of nextOf(records)) {
    if (record.kind === 'end') return record.body
    if (record.kind !== 'table') throw new BackupError('damaged', 'The backup’s parts are not in order.')
    await copyTable(client, record.body, records)
  }
  throw new BackupError('damaged', 'The backup ends too early.')
}

async function copyTable(client: pg.Client, { table, columns }: TableHead, records: Records): Promise<void> {
  const hash = createHash('sha256')
  let end: Extract<BackupRecord, { kind: 'table-end' }>['body'] | undefined
  const rows = async function* () {
    for await (const record of nextOf(records)) {
      if (record.kind !== 'rows') {
        end = record.kind === 'table-end' ? record.body : undefined
        return
      }
      hash.update(record.body)
      yield record.body
    }
  }
  const count = await copyIn(client, `COPY public."${table}" (${columnList(columns)}) FROM STDIN`, rows())
  if (end?.table !== table || end.rows !== count || end.sha256 !== hash.digest('hex')) throw new BackupError('damaged', `Table ${table} did not come back as it was saved.`)
}

/** Leaves the generator open when the loop ends, unlike `for await` over the generator itself. */
async function* nextOf(records: Records): AsyncGenerator<BackupRecord> {
  for (let next = await records.next(); !next.done; next = await records.next()) yield next.value
}

async function checkTrail(tx: Tx, { auditN, auditHash }: BackupManifest): Promise<void> {
  const finding = await verifyChain(tx)
  if (finding) throw new BackupError('damaged', `The trail in the backup does not hold: entry ${finding.n} is ${finding.problem}.`)
  const head = await tx.selectFrom('head').select(['audit_n', 'audit_hash']).executeTakeFirstOrThrow()
  if (head.audit_n !== auditN || head.audit_hash !== auditHash) throw new BackupError('damaged', 'The trail’s end is not the one that the backup names.')
}
