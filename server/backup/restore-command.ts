/**
 * `npm run restore -- --from FILE [--key-file FILE] [--replace]`: puts a backup into the database. The server has to be
 * stopped. A file that is cut off or was changed is refused before anything is touched; a database with something in
 * it is left alone without `--replace`.
 */
import { parseArgs } from 'node:util'
import { serverKeyPath } from '../audit/server-signer.ts'
import { readConfig } from '../config.ts'
import { askSecret } from './ask-passphrase.ts'
import { BackupError } from './backup-error.ts'
import { checkBackup, readBackup } from './backup-file.ts'
import { loadDatabase } from './load-database.ts'
import { runOnDatabase } from './run-on-database.ts'
import { prepareServerKey } from './server-key-file.ts'
import { describeManifest, endWithMessage } from './words.ts'

await endWithMessage('restore', async () => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, 'key-file': { type: 'string' }, replace: { type: 'boolean', default: false } } })
  const { from, replace } = values
  if (from === undefined) throw new BackupError('not-a-backup', 'Name the backup with --from FILE.')
  const secret = await askSecret(values['key-file'], false)
  const startedMs = performance.now()
  const { serverKey } = (await checkBackup(from, secret)).manifest // whole, before anything is touched
  const { dataDir } = readConfig(process.env)
  const key = serverKey === undefined ? null : prepareServerKey(dataDir, serverKey)
  const load = runOnDatabase({ mayBeRunning: false }, ({ client }) => loadDatabase(client, readBackup(from, secret), replace))
  const { manifest, rows, tables, epoch } = await load.catch((error) => {
    key?.cancel()
    throw error
  })
  const keyState = key?.finish(Date.now())
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1)
  console.log(`restore: ${rows} rows in ${tables} tables put back in ${seconds} s; ${describeManifest(manifest)}. The trail holds.`)
  if (keyState) console.log(`restore: the server signs with the key of the backup (${keyState}, in ${serverKeyPath(dataDir)}).`)
  else console.log('restore: the backup has no key of the server: it signs with the one in its data folder, or with a new one.')
  console.log(`restore: a new epoch (${epoch}) has begun: laptops send again what the backup lacks. Everybody signs in once.`)
})
