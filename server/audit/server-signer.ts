import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../shared/sync/signing.ts'
import { signerOf } from './ed25519.ts'

const SEED_BYTES = 32

/**
 * The server's own key, in a file outside the database: who can only write the database cannot speak in the server's name.
 * Made at the first start. @throws where the file is not ours to read, or is no key
 */
export function openServerSigner(dataDir: string): Signer {
  const path = serverKeyPath(dataDir)
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(path, `${randomBytes(SEED_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true, flag: 'wx' })
  }
  return signerOf(readSeed(path))
}

export const serverKeyPath = (dataDir: string): string => join(dataDir, 'server-key')

/** @throws where the file is not there, not ours to read, or no key */
export function readSeed(path: string): Buffer {
  const seed = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
  if (seed.length !== SEED_BYTES) throw new Error(`${path} does not hold the server's key`)
  return seed
}
