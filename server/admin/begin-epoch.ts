/**
 * `node server/admin/begin-epoch.ts`: after the database was put back from a copy of its files. Devices then start over
 * and send again what the copy lacks. A restore by PostgreSQL's own means is noticed without it.
 */
import { announceEpoch } from '../audit/announce-epoch.ts'
import { openServerSigner } from '../audit/server-signer.ts'
import { readConfig } from '../config.ts'
import { beginEpoch } from '../db/note-restore.ts'
import { runAdmin } from './run-admin.ts'

await runAdmin(async (db) => {
  const nowMs = Date.now()
  await beginEpoch(db, nowMs)
  await announceEpoch(db, openServerSigner(readConfig(process.env).dataDir), nowMs) // here already: a server that runs takes no epoch that nobody announced
  console.log('A new epoch has begun.')
})
