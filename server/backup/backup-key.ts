import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hashRaw } from '@node-rs/argon2'
import { z } from 'zod'
import { BackupError } from './backup-error.ts'

/** What opens a backup: a passphrase that people keep, or a file with 32 random bytes in hex. */
export type BackupSecret = { readonly type: 'passphrase'; readonly passphrase: string } | { readonly type: 'key-file'; readonly key: Uint8Array }

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
/** Bounds: a header must neither make guessing cheap nor take all memory. Memory in KiB. */
const kdfSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('argon2id'), memoryKib: z.int().min(65_536).max(1_048_576), passes: z.int().min(3).max(16), lanes: z.literal(1) }),
  z.strictObject({ name: z.literal('key-file') }),
])
/** In clear at the file's beginning, and part of what every piece is authenticated with. `salt` is new for each backup. */
export const backupHeaderSchema = z.strictObject({ format: z.literal(1), cipher: z.literal('aes-256-gcm'), kdf: kdfSchema, salt: hex(32) })
export type BackupHeader = Readonly<z.infer<typeof backupHeaderSchema>>

export function newHeader(secret: BackupSecret): BackupHeader {
  const kdf = secret.type === 'passphrase' ? ({ name: 'argon2id', memoryKib: 131_072, passes: 4, lanes: 1 } as const) : ({ name: 'key-file' } as const)
  return { format: 1, cipher: 'aes-256-gcm', kdf, salt: randomBytes(32).toString('hex') }
}

/** The key of one backup: another salt gives another key, so that piece numbers can serve as nonces. */
export async function deriveBackupKey({ kdf, salt }: BackupHeader, secret: BackupSecret): Promise<Buffer> {
  const saltBytes = Buffer.from(salt, 'hex')
  if (kdf.name === 'key-file') {
    if (secret.type !== 'key-file') throw new BackupError('wrong-key', 'This backup opens with a key file, not with a passphrase.')
    return Buffer.from(hkdfSync('sha256', secret.key, saltBytes, 'rapport backup', 32))
  }
  if (secret.type !== 'passphrase') throw new BackupError('wrong-key', 'This backup opens with a passphrase, not with a key file.')
  const options = { algorithm: 2, memoryCost: kdf.memoryKib, timeCost: kdf.passes, parallelism: kdf.lanes, outputLen: 32, salt: saltBytes }
  return hashRaw(secret.passphrase.normalize('NFC'), options)
}

/** @throws {BackupError} 'key-missing' where it is not 64 hex digits */
export function readKeyFile(path: string): BackupSecret {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : ''
  if (!/^[0-9a-f]{64}$/.test(text)) throw new BackupError('key-missing', `There is no backup key in ${path}. Make one with: npm run backup -- --new-key ${path}`)
  return { type: 'key-file', key: Buffer.from(text, 'hex') }
}

/** Never over an older key: without it the older backups are lost. @returns a short print of the key, to tell keys apart */
export function makeKeyFile(path: string): string {
  const key = randomBytes(32)
  writeFileSync(path, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}
