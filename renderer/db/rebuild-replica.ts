import { type LoadedRows, loadRows } from './load-replica.ts'
import type { PageReader } from './page-reader.ts'
import type { Replica } from './replica.ts'
import type { ReplicaDatabase } from './replica-database.ts'
import { resetReplica } from './replica-head.ts'

/** Forgets every stored row so that the next sync turn fetches all; a database that cannot even be emptied is deleted. */
export async function rebuildReplica(db: ReplicaDatabase, replica: Replica, reader: PageReader): Promise<LoadedRows> {
  try {
    await resetReplica(db)
  } catch {
    await db.delete({ disableAutoOpen: false })
    await db.open()
    await resetReplica(db)
  }
  replica.report({ phase: 'pulling', done: 0, total: null })
  return loadRows(db, reader)
}
