/**
 * `npm run restore -- --from FILE [--key-file FILE] [--replace]`: puts a backup into the database. The server has to be
 * stopped. A file that is cut off or was changed is refused before anything is touched; a database with something in
 * it is left alone without `--replace`.
 */
import { parseArgs } from 'node:util'
import { askSecret } from './ask-passphrase.ts'
import { BackupError } from './backup-error.ts'
import { checkBackup, readBackup } from './backup-file.ts'
import { loadDatabase } from './load-database.ts'
import { runOnDatabase } from './run-on-database.ts'
import { describeManifest, endWithMessage } from './words.ts'

await endWithMessage('restore', async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, 'key-file': { type: 'string' }, replace: { type: 'boolean', default: false } } })
  const { from, replace } = values
  if (from === undefined) throw new BackupError('not-a-backup', 'Name the backup with --from FILE.')
  const secret = await askSecret(values['key-file'], false)
  const startedMs = performance.now()
  await checkBackup(from, secret) // whole, before anything is touched
  const { manifest, rows, tables, epoch } = await runOnDatabase({ mayBeRunning: false }, ({ client }) => loadDatabase(client, readBackup(from, secret), replace))
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1)
  console.log(`restore: ${rows} rows in ${tables} tables put back in ${seconds} s; ${describeManifest(manifest)}. The trail holds.`)
  console.log(`restore: a new epoch (${epoch}) has begun: laptops send again what the backup lacks. Everybody signs in once.`)
})
