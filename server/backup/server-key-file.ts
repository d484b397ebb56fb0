import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type pg from 'pg'
import { signerOf } from '../audit/ed25519.ts'
import { SERVER_DEVICE_ID } from '../audit/entry-hash.ts'
import { readSeed, serverKeyPath } from '../audit/server-signer.ts'
import { BackupError } from './backup-error.ts'

/**
 * The key with which the server signs, for the backup; base64. null = the database's server has not signed anything yet.
 * @throws {BackupError} 'server-key-missing' where the data folder does not hold the key that the database names
 */
export async function readServerKey(client: pg.Client, dataDir: string): Promise<string | null> {
  const { rows } = await client.query<{ public_key: string | null }>('SELECT public_key FROM device WHERE id = $1', [SERVER_DEVICE_ID])
  const named = rows[0]?.public_key ?? null
  if (named === null) return null
  const path = serverKeyPath(dataDir)
  const seed = existsSync(path) ? readSeed(path) : null
  if (seed === null || signerOf(seed).publicKey !== named)
    throw new BackupError(
      'server-key-missing',
      `The key with which the server signs is not in ${path}. Set RAPPORT_DATA_DIR as the server has it, or leave the key out: --without-server-key`,
    )
  return seed.toString('base64')
}

/**
 * Puts the key where the server looks for it; another one that is there is kept beside it. `finish` once the database is
 * restored: until then nothing is changed, and `cancel` leaves no trace.
 */
export function prepareServerKey(dataDir: string, serverKey: string): { finish(nowMs: number): 'same' | 'put back'; cancel(): void } {
  const path = serverKeyPath(dataDir)
  const ready = `${path}.restoring`
  mkdirSync(dirname(path), { recursive: true })
  rmSync(ready, { force: true })
  writeFileSync(ready, `${serverKey}\n`, { mode: 0o600, flush: true, flag: 'wx' })
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataDir) // who restores may be root; who serves owns the folder
    chownSync(ready, uid, gid)
  }
  return {
    cancel: () => rmSync(ready, { force: true }),
    finish: (nowMs) => {
      const isSame = existsSync(path) && readFileSync(path, 'utf8').trim() === serverKey
      if (existsSync(path) && !isSame) renameSync(path, `${path}.before-restore-${nowMs}`)
      renameSync(ready, path)
      return isSame ? 'same' : 'put back'
    },
  }
}
