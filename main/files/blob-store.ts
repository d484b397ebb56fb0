import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { mkdir, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { syncFolder, writeFileAtomically } from '../lib/atomic-write.ts'
import { isSealingOff, passThrough } from '../lib/seal-nothing.ts'
import { systemErrorCode } from '../lib/system-error.ts'

export interface StagedBlob {
  readonly sha256: string
  readonly sizeBytes: number
}

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Files under the hash of their bytes, sealed. A file waits in `pending/` until the server has it, then lies in `sent/`,
 * so that it can be sent again to a server that lost it.
 */
export class BlobStore {
  readonly #folder: string
  readonly #key: Uint8Array

  constructor(folder: string, key: Uint8Array) {
    this.#folder = folder
    this.#key = key
  }

  /** Durable when it answers. Error: 'storage/write-failed'. */
  async stage(bytes: Uint8Array): Promise<Result<StagedBlob, AppError>> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const staged = { sha256, sizeBytes: bytes.length }
    const sealed = this.#seal(sha256, bytes) // at once: locking overwrites the key
    if ((await this.#readFrom('sent', sha256)) !== undefined) return ok(staged)
    try {
      await mkdir(join(this.#folder, 'pending'), { recursive: true, mode: 0o700 })
      await writeFileAtomically(this.#pathOf('pending', sha256), sealed)
      return ok(staged)
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
  }

  /** Undefined where there is none, or its sealed bytes were damaged. */
  async read(sha256: string): Promise<Buffer | undefined> {
    return (await this.#readFrom('pending', sha256)) ?? this.#readFrom('sent', sha256)
  }

  /** Hashes of what the server does not have yet. */
  async listPending(): Promise<string[]> {
    const names = await readdir(join(this.#folder, 'pending')).catch(() => [])
    return names.filter((name) => SHA256.test(name))
  }

  async markSent(sha256: string): Promise<void> {
    await mkdir(join(this.#folder, 'sent'), { recursive: true, mode: 0o700 })
    await rename(this.#pathOf('pending', sha256), this.#pathOf('sent', sha256)).catch(() => undefined) // it lies in 'sent' already
    await syncFolder(join(this.#folder, 'sent'))
  }

  /** A file whose sealed bytes do not open cannot be sent, and is kept aside: somebody may have exchanged it. One that the disk does not give at the moment stays. */
  async setDamagedAside(sha256: string): Promise<void> {
    const path = this.#pathOf('pending', sha256)
    const sealed = await readFile(path).catch(() => undefined)
    if (sealed && this.#open(sha256, sealed) === undefined) await rename(path, `${path}.damaged`)
  }

  async #readFrom(place: 'pending' | 'sent', sha256: string): Promise<Buffer | undefined> {
    if (!SHA256.test(sha256)) return undefined
    const sealed = await readFile(this.#pathOf(place, sha256)).catch(() => undefined)
    return sealed && this.#open(sha256, sealed)
  }

  /** AES-256-GCM, which the hardware does. The key is used for this one content only, so the nonce may be constant. */
  #seal(sha256: string, bytes: Uint8Array): Buffer {
    if (isSealingOff) return Buffer.from(passThrough().encrypt(bytes))
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(sha256), Buffer.alloc(12))
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }

  #open(sha256: string, sealed: Buffer): Buffer | undefined {
    if (sealed.length < 16) return undefined
    if (isSealingOff) return Buffer.from(passThrough().decrypt(sealed))
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(sha256), Buffer.alloc(12), { authTagLength: 16 })
    decipher.setAuthTag(sealed.subarray(-16))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    } catch {
      return undefined // the tag does not fit
    }
  }

  #keyOf(sha256: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, Buffer.alloc(0), `rapport/file/${sha256}`, 32))
  }

  #pathOf(place: 'pending' | 'sent', sha256: string): string {
    return join(this.#folder, place, sha256)
  }
}
