import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { OutboxItem } from '../../shared/ipc/ipc-contract.ts'
import { BlobStore } from '../files/blob-store.ts'
import { Journal } from '../outbox/journal.ts'
import { openForFirm, placeOfRecovery, readRecoveryWrap } from '../vault/recovery-wrap.ts'
import type { VaultKeys } from '../vault/vault.ts'
import { wrappedKeyNames } from '../vault/vault-header.ts'

const keysSchema = z.record(z.enum(wrappedKeyNames), z.base64())

export interface RecoveredVault {
  readonly vaultId: string
  readonly keys: VaultKeys
}

/** Opens what a laptop sealed to the firm. Undefined: there is nothing of that kind in the folder, or it is for another key. */
export async function recoverVault(folder: string, firmPrivateKey: Uint8Array): Promise<RecoveredVault | undefined> {
  const wrap = await readRecoveryWrap(folder)
  const plain = wrap && openForFirm(firmPrivateKey, placeOfRecovery(wrap.vaultId), Buffer.from(wrap.sealed, 'base64'))
  if (!wrap || !plain) return undefined
  const texts = keysSchema.parse(JSON.parse(plain.toString('utf8')))
  return { vaultId: wrap.vaultId, keys: Object.fromEntries(wrappedKeyNames.map((name) => [name, Buffer.from(texts[name], 'base64')])) as unknown as VaultKeys }
}

export interface UnsentWork {
  /** Not answered by the server, or refused and waiting for the person; in the order in which they were made. */
  readonly commands: readonly OutboxItem[]
  readonly files: readonly { readonly sha256: string; readonly bytes: Buffer }[]
  readonly damagedFiles: readonly string[] // hashes of those whose bytes do not open
  readonly isJournalDamaged: boolean
}

/** Reads a copy, so that the laptop's own files stay as they are. @throws when the journal cannot be read */
export async function readUnsentWork(folder: string, { keys }: RecoveredVault): Promise<UnsentWork> {
  const copy = await mkdtemp(join(tmpdir(), 'rapport-recover-'))
  try {
    const path = join(copy, 'outbox.journal')
    await cp(join(folder, 'outbox.journal'), path)
    const journal = await Journal.open({ path, key: keys.journal, registeredLastN: 0, nowMs: Date.now })
    if (!journal.ok) throw new Error(`The journal cannot be read (${journal.error.code})`)
    const commands = journal.value.listOpen().filter(({ status }) => status !== 'applied')
    await journal.value.close()
    return { commands, ...(await readPendingFiles(folder, keys)), isJournalDamaged: journal.value.damage !== null }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

/** A damaged file costs none of the others, and not the commands either. */
async function readPendingFiles(folder: string, keys: VaultKeys): Promise<Pick<UnsentWork, 'files' | 'damagedFiles'>> {
  const blobs = new BlobStore(join(folder, 'files'), keys.file)
  const read = await Promise.all((await blobs.listPending()).map(async (sha256) => ({ sha256, bytes: await blobs.read(sha256) })))
  return {
    files: read.flatMap(({ sha256, bytes }) => (bytes ? [{ sha256, bytes }] : [])),
    damagedFiles: read.flatMap(({ sha256, bytes }) => (bytes ? [] : [sha256])),
  }
}
