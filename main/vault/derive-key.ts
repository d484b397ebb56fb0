import { hkdfSync } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import type { KdfSettings } from './vault-header.ts'

const ARGON2ID = 2

/**
 * The key that wraps the vault's keys, from the passphrase and, where there is a keychain, the secret it keeps.
 * Takes 0.15–0.6 s on a worker thread.
 * @param secret 32 bytes from the keychain; empty = the passphrase alone
 * @returns 32 bytes; the caller overwrites them after use
 */
export async function deriveWrappingKey(passphrase: string, secret: Uint8Array, kdf: KdfSettings): Promise<Buffer> {
  const salt = Buffer.from(kdf.salt, 'base64')
  const cost = { memoryCost: kdf.memoryKiB, timeCost: kdf.passes, parallelism: kdf.lanes }
  const stretched = await hashRaw(passphrase.normalize('NFKC'), { algorithm: ARGON2ID, outputLen: 32, salt, ...cost })
  const material = Buffer.concat([stretched, secret])
  const key = Buffer.from(hkdfSync('sha256', material, salt, 'rapport/wrapping-key/1', 32))
  stretched.fill(0)
  material.fill(0)
  return key
}
