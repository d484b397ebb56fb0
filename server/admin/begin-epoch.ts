/**
 * `node server/admin/begin-epoch.ts`: after the database was put back from a copy of its files. Devices then start over
 * and send again what the copy lacks. A restore by PostgreSQL's own means is noticed without it.
 */
import { beginEpoch } from '../db/note-restore.ts'
import { runAdmin } from './run-admin.ts'

await runAdmin(async (db) => {
  await beginEpoch(db)
  console.log('A new epoch has begun.')
})
