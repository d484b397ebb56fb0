import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type EmbeddedPostgres, startEmbedded } from '../../../server/db/embedded/start-embedded.ts'
import { migrate } from '../../../server/db/migrate.ts'
import { type Db, openDatabase } from '../../../server/db/open-database.ts'
import { endDatabaseWithUs, withDatabase } from '../../../server/db/test-database.ts'

export interface BenchDatabase {
  readonly url: string // as its owner
  readonly appUrl: string // as the server at run time: policies of rows hold
  readonly db: Db // as its owner
}

/** Kept between runs: a firm of a million entries takes minutes to make. Settings are those of a real installation, fsync too. */
const FOLDER = join(tmpdir(), 'rapport-bench-postgres')
const MIGRATIONS = new URL('../../../server/db/migrations/', import.meta.url)
/** Of all steps of the schema: a template made by other ones is not used. */
const SCHEMA = readdirSync(MIGRATIONS)
  .toSorted()
  .reduce((hash, name) => hash.update(readFileSync(new URL(name, MIGRATIONS))), createHash('sha256'))
  .digest('hex')
  .slice(0, 8)

let embedded: Promise<EmbeddedPostgres> | undefined

function openPostgres(): Promise<EmbeddedPostgres> {
  if (embedded) return embedded
  mkdirSync(FOLDER, { recursive: true })
  endDatabaseWithUs(FOLDER, 'keep')
  embedded = startEmbedded(FOLDER)
  return embedded
}

const serverUrl = async (): Promise<string> => withDatabase((await openPostgres()).url, 'postgres')

async function onServer<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const db = openDatabase(await serverUrl(), () => undefined, 1)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

const listDatabases = (prefix: string): Promise<readonly string[]> =>
  onServer(async (db) => (await sql<{ name: string }>`SELECT datname AS name FROM pg_database WHERE starts_with(datname, ${prefix})`.execute(db)).rows.map((r) => r.name))

export async function dropDatabases(prefix = 'bench_'): Promise<void> {
  for (const name of await listDatabases(prefix)) await onServer((db) => sql.raw(`DROP DATABASE "${name}" WITH (FORCE)`).execute(db))
}

/** Ends the database server; what it holds stays for the next run. */
export async function closePostgres(): Promise<void> {
  if (embedded) await (await embedded).stop()
}

async function openNamed(name: string): Promise<BenchDatabase> {
  const { url, appUrl } = await openPostgres()
  return { url: withDatabase(url, name), appUrl: withDatabase(appUrl, name), db: openDatabase(withDatabase(url, name), () => undefined, 16, 'system') }
}

/**
 * A database of one's own, copied from a template that is filled once for its name and schema.
 * @param fill makes the template's content in a migrated, empty database
 * @returns with `drop` to remove the copy
 */
export async function cloneFilled(name: string, fill: (database: BenchDatabase) => Promise<void>): Promise<BenchDatabase & { readonly drop: () => Promise<void> }> {
  const template = `bench_${SCHEMA}_${name}`
  if (!(await listDatabases(template)).includes(template)) await makeTemplate(template, fill)
  const copy = `run_${randomUUID().slice(0, 8)}`
  await onServer(async (db) => {
    await sql.raw(`CREATE DATABASE ${copy} TEMPLATE "${template}" STRATEGY FILE_COPY`).execute(db)
    await sql.raw('CHECKPOINT').execute(db) // or the copy's pages are written while the bench runs
  })
  const opened = await openNamed(copy)
  const drop = async (): Promise<void> => {
    await opened.db.destroy()
    await onServer((db) => sql.raw(`DROP DATABASE ${copy} WITH (FORCE)`).execute(db))
  }
  return { ...opened, drop }
}

/** Under another name until it is whole: a run that was cut off leaves nothing half made. */
async function makeTemplate(name: string, fill: (database: BenchDatabase) => Promise<void>): Promise<void> {
  for (const left of await listDatabases('')) if (/^(unfinished|bench)_/.test(left) && !left.startsWith(`bench_${SCHEMA}_`)) await dropDatabases(left)
  const unfinished = `unfinished_${randomUUID().slice(0, 8)}`
  await onServer((db) => sql.raw(`CREATE DATABASE ${unfinished}`).execute(db))
  const opened = await openNamed(unfinished)
  await migrate(opened.db)
  await fill(opened)
  await sql`VACUUM (ANALYZE, FREEZE)`.execute(opened.db)
  await opened.db.destroy()
  await onServer((db) => sql.raw(`ALTER DATABASE ${unfinished} RENAME TO "${name}"`).execute(db))
}
