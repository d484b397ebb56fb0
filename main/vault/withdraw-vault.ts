import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readRecoveryWrap } from './recovery-wrap.ts'
import { eraseWrappedKeys } from './vault.ts'

/** What `npm run recover` opens with the firm's key. */
const RECOVERABLE = ['header.json', 'recovery.json', 'session.sealed', 'outbox.journal']

/**
 * Takes a vault away that the server has withdrawn. Where the firm has a recovery key, unsent work stays, sealed to that
 * key alone, in a folder beside; everything else goes. @throws the system's error
 */
export async function withdrawVault(folder: string, nowMs: number): Promise<void> {
  if (!(await readRecoveryWrap(folder))) return rm(folder, { recursive: true, force: true })
  await eraseWrappedKeys(folder)
  for (const name of await readdir(folder)) if (!RECOVERABLE.includes(name)) await rm(join(folder, name), { recursive: true, force: true })
  await rename(folder, `${folder}.withdrawn-${nowMs}`)
}
