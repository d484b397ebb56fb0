import { reach } from '../shared/testing/fault-point.ts'
import type { Config } from './config.ts'
import { type EmbeddedPostgres, startEmbedded } from './db/embedded/start-embedded.ts'
import { findRunTimeRole, grantRights } from './db/grant-rights.ts'
import { migrate } from './db/migrate.ts'
import { noteRestore } from './db/note-restore.ts'
import { type Db, openDatabase } from './db/open-database.ts'
import { emptyDatabase, isSampleUnfinished } from './sample/unfinished-sample.ts'

export interface OpenPostgres {
  readonly url: string // of the run-time role, with its password: never to be logged
  readonly ownerUrl: string // of the role that owns the tables; the same where the office has one role for both
  readonly isOwner: boolean // the run-time role owns the tables: it could switch off their policies
  readonly db: Db
  readonly embedded: EmbeddedPostgres | null // null = one that is not ours to stop
  readonly migrated: readonly string[] // names of the steps made
  readonly isNewEpoch: boolean // it came out of a backup
  close(): Promise<void>
}

/** The configured PostgreSQL, started where it is the embedded one, with the newest schema. */
export async function openPostgres(config: Config, onConnectionLost: () => void): Promise<OpenPostgres> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config.dataDir) : null
  if (embedded && isSampleUnfinished(config.dataDir)) await emptyDatabase(embedded.url)
  const url = embedded?.appUrl ?? config.databaseUrl ?? ''
  const ownerUrl = embedded?.url ?? config.databaseOwnerUrl ?? url
  const db = openDatabase(url, onConnectionLost)
  const close = async (): Promise<void> => {
    await db.destroy()
    await embedded?.stop()
  }
  try {
    const made = await prepareDatabase(db, ownerUrl)
    return { url, ownerUrl, db, embedded, ...made, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What the owner does at each start, before the run-time role takes over: tables, rights, and a look at where they come from. */
async function prepareDatabase(db: Db, ownerUrl: string): Promise<Pick<OpenPostgres, 'migrated' | 'isNewEpoch' | 'isOwner'>> {
  const owner = openDatabase(ownerUrl, () => undefined, 2, 'system')
  try {
    const role = await findRunTimeRole(db)
    if (role.isBypassing)
      throw new Error(`DATABASE_URL connects as ${role.name}, which PostgreSQL does not hold to the policies of rows. Use a role that is neither superuser nor BYPASSRLS.`)
    reach('server.migrate.before')
    const migrated = await migrate(owner)
    reach('server.migrate.done')
    await grantRights(owner, role.name)
    return { migrated, isNewEpoch: await noteRestore(owner, Date.now()), isOwner: (await findRunTimeRole(db)).isOwner }
  } finally {
    await owner.destroy()
  }
}
