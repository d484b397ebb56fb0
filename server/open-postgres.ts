import { reach } from '../shared/testing/fault-point.ts'
import type { Config } from './config.ts'
import { type EmbeddedPostgres, startEmbedded } from './db/embedded/start-embedded.ts'
import { migrate } from './db/migrate.ts'
import { noteRestore } from './db/note-restore.ts'
import { type Db, openDatabase } from './db/open-database.ts'

export interface OpenPostgres {
  readonly url: string // with its password: never to be logged
  readonly db: Db
  readonly embedded: EmbeddedPostgres | null // null = one that is not ours to stop
  readonly migrated: readonly string[] // names of the steps made
  readonly isNewEpoch: boolean // it came out of a backup
  close(): Promise<void>
}

/** The configured PostgreSQL, started where it is the embedded one, with the newest schema. */
export async function openPostgres(config: Config, onConnectionLost: () => void): Promise<OpenPostgres> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config.dataDir) : null
  const url = embedded?.url ?? config.databaseUrl ?? ''
  const db = openDatabase(url, onConnectionLost)
  const close = async (): Promise<void> => {
    await db.destroy()
    await embedded?.stop()
  }
  try {
    reach('server.migrate.before')
    const migrated = await migrate(db)
    reach('server.migrate.done')
    return { url, db, embedded, migrated, isNewEpoch: await noteRestore(db), close }
  } catch (error) {
    await close()
    throw error
  }
}
