/**
 * `npm run backup -- [--to FILE] [--key-file FILE]`: one encrypted file with everything that is in the database, taken while
 * the server goes on, and the key with which it signs. `--check FILE` reads one back and compares, touching no database; `--new-key FILE` makes a key file.
 */
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { readConfig } from '../config.ts'
import { askSecret } from './ask-passphrase.ts'
import { type BackupSummary, checkBackup, writeBackup } from './backup-file.ts'
import { makeKeyFile } from './backup-key.ts'
import { runOnDatabase } from './run-on-database.ts'
import { readServerKey } from './server-key-file.ts'
import { describeManifest, endWithMessage } from './words.ts'

const options = {
  to: { type: 'string' },
  check: { type: 'string' },
  'key-file': { type: 'string' },
  'new-key': { type: 'string' },
  'without-server-key': { type: 'boolean', default: false },
} as const

await endWithMessage('backup', async () => {
  const { values } = parseArgs({ options })
  if (values['new-key'] !== undefined) {
    const print = makeKeyFile(values['new-key'])
    console.log(`backup: new key in ${resolve(values['new-key'])} (${print}). Keep a copy away from this machine: without it no backup opens.`)
    return
  }
  const secret = await askSecret(values['key-file'], values.check === undefined)
  if (values.check !== undefined) return report('holds', values.check, await checkBackup(values.check, secret))
  const takenAtMs = Date.now()
  const stamp = new Date(takenAtMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')
  const { dataDir } = readConfig(process.env)
  const path = resolve(values.to ?? join(dataDir, 'backups', `rapport-${stamp}.backup`))
  const save = async (client: pg.Client) => writeBackup(client, path, secret, takenAtMs, values['without-server-key'] ? null : await readServerKey(client, dataDir))
  report('written and read back', path, await runOnDatabase({ mayBeRunning: true }, ({ client }) => save(client)))
})

function report(what: string, path: string, { manifest, tables, rows, bytes }: BackupSummary): void {
  const key = manifest.serverKey === undefined ? 'without the server’s key' : 'with the server’s key'
  console.log(`backup: ${path} ${what}: ${rows} rows in ${tables} tables, ${key}, ${(bytes / 1e6).toFixed(1)} MB; ${describeManifest(manifest)}`)
}
