import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { asPlaceError, BackupError } from './backup-error.ts'
import { type BackupSecret, newHeader } from './backup-key.ts'
import { type BackupEnd, type BackupManifest, type BackupRecord, decodeRecords } from './backup-record.ts'
import { countLines, dumpDatabase } from './dump-database.ts'
import { openStream, sealStream } from './sealed-stream.ts'

export interface BackupSummary {
  readonly manifest: BackupManifest
  readonly tables: number
  readonly rows: number
  readonly bytes: number // of the file
}

/**
 * Writes a backup of the database into a new file, which is never there half done: it gets its name when it is on the
 * disk and was read back whole. [B1] [B2] Nothing of it is ever on the disk in clear.
 */
export async function writeBackup(client: pg.Client, path: string, secret: BackupSecret, takenAtMs: number, serverKey: string | null = null): Promise<BackupSummary> {
  const unfinished = `${path}.unfinished`
  try {
    await mkdir(dirname(path), { recursive: true })
    if ((await stat(path).catch(() => undefined))?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' }) // before all is written beside it
    await rm(unfinished, { force: true })
    const header = newHeader(secret)
    const file = createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true }) // flush: fsync before it is closed
    await pipeline(Readable.from(dumpDatabase(client, takenAtMs, serverKey)), createGzip({ level: 3 }), (plain: AsyncIterable<Buffer>) => sealStream(plain, header, secret), file)
    const summary = await checkBackup(unfinished, secret)
    await rename(unfinished, path)
    await syncFolder(dirname(path))
    return summary
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw asPlaceError(error, 'No backup was written to', path)
  }
}

/** The records of a backup, as they are decrypted. The caller reads to the end, or calls `return()`. */
export async function* readBackup(path: string, secret: BackupSecret): AsyncGenerator<BackupRecord> {
  const gunzip = createGunzip()
  const feeding = pipeline(createReadStream(path, { highWaterMark: 1_048_576 }), (sealed: AsyncIterable<Buffer>) => openStream(sealed, secret), gunzip)
  feeding.catch((error) => gunzip.destroy(error)) // the loop below then throws it
  try {
    yield* decodeRecords(gunzip)
    await feeding
  } catch (error) {
    gunzip.destroy() // so that feeding ends
    const cause = await feeding.then(
      () => error,
      (failure: unknown) => failure,
    )
    throw cause instanceof BackupError ? cause : asPlaceError(asDamage(error), 'The backup cannot be read from', path)
  } finally {
    gunzip.destroy()
  }
}

function asDamage(error: unknown): unknown {
  const isUnzipError = error instanceof Error && /^Z_|ERR_STREAM_PREMATURE_CLOSE/.test((error as NodeJS.ErrnoException).code ?? '')
  return isUnzipError ? new BackupError('damaged', 'The backup’s contents cannot be unpacked.') : error
}

/** Reads the whole file, and compares every table with what was noted when it was saved. Touches no database. */
export async function checkBackup(path: string, secret: BackupSecret): Promise<BackupSummary> {
  let manifest: BackupManifest | undefined
  let end: BackupEnd | undefined
  const table = new TableCheck()
  for await (const record of readBackup(path, secret)) {
    if (record.kind === 'manifest') manifest = record.body
    else if (record.kind === 'end') end = record.body
    else table.take(record)
  }
  if (!manifest || !end) throw new BackupError('damaged', 'The backup ends too early.')
  return { manifest, tables: end.tables, rows: end.rows, bytes: (await stat(path)).size }
}

class TableCheck {
  #hash = createHash('sha256')
  #rows = 0

  take(record: Extract<BackupRecord, { kind: 'table' | 'rows' | 'table-end' }>): void {
    if (record.kind === 'rows') {
      this.#hash.update(record.body)
      this.#rows += countLines(record.body)
    } else if (record.kind === 'table') {
      this.#hash = createHash('sha256')
      this.#rows = 0
    } else if (record.body.sha256 !== this.#hash.digest('hex') || record.body.rows !== this.#rows) {
      throw new BackupError('damaged', `Table ${record.body.table} is not as it was saved.`)
    }
  }
}

/** Makes the new name itself survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
