import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readRecoveryWrap } from './recovery-wrap.ts'
import { eraseWrappedKeys } from './vault.ts'

/** What `npm run recover` opens with the firm's key; of the files, those that were not sent. */
const RECOVERABLE = ['header.json', 'recovery.json', 'session.sealed', 'outbox.journal', 'files']
const SENT_FILES = join('files', 'sent')

/**
 * Takes a vault away that the server has withdrawn. Where the firm has a recovery key, unsent work stays, sealed to that
 * key alone, in a folder beside; everything else goes. @throws the system's error
 */
export async function withdrawVault(folder: string, nowMs: number): Promise<void> {
  if (!(await readRecoveryWrap(folder))) return rm(folder, { recursive: true, force: true })
  await eraseWrappedKeys(folder)
  const others = (await readdir(folder)).filter((name) => !RECOVERABLE.includes(name))
  for (const name of [...others, SENT_FILES]) await rm(join(folder, name), { recursive: true, force: true })
  await rename(folder, `${folder}.withdrawn-${nowMs}`)
}
