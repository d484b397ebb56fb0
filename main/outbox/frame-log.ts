import { copyFile, open, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { reach } from '../../shared/testing/fault-point.ts'
import { syncFolder, writeFileAtomically } from '../lib/atomic-write.ts'
import { systemErrorCode } from '../lib/system-error.ts'
import type { JournalFile, OpenJournalFile } from './journal-file.ts'
import { encodeFrame, FILE_MAGIC, FIRST_HASH, guessHighestNumber, hashOf, readFrame } from './journal-frame.ts'
import type { JournalRecord } from './journal-record.ts'

/** Damage that was found at opening: the whole file was kept under `keptAs`, and `guessedN` is the highest number in the lost part. */
export interface JournalDamage {
  readonly keptAs: string
  readonly guessedN: number
}
export interface OpenedLog {
  readonly log: FrameLog
  readonly records: readonly JournalRecord[]
  readonly damage: JournalDamage | null
}

/** Frames that are on the disk and may still be taken back; until one of both is said nothing else may be written. */
export interface WrittenFrames {
  keep(): void
  /** Cuts them off. Where the disk refuses that too, it is repeated before the next write, and at closing. @throws the system's error */
  takeBack(): Promise<void>
}

/** The append-only file of chained frames. The caller appends one batch at a time. */
export class FrameLog {
  readonly #file: JournalFile
  readonly #key: Uint8Array
  #bytes: number // length of the good part
  #hash: Buffer // of the last good frame
  #hasRubbish = false // a failed write left bytes behind the good part

  constructor(file: JournalFile, key: Uint8Array, end: { readonly bytes: number; readonly hash: Buffer }) {
    this.#file = file
    this.#key = key
    this.#bytes = end.bytes
    this.#hash = end.hash
  }

  /**
   * Writes the frames and waits until they are on the disk (one fdatasync); all of them or none. [J1]
   * Error: 'storage/write-failed' with the system's code. What was written in part is cut off, so that a later append works.
   */
  async append(records: readonly JournalRecord[]): Promise<Result<void, AppError>> {
    const written = await this.write(records)
    if (!written.ok) return written
    written.value.keep()
    return ok(undefined)
  }

  /** The same, but they count only when they are kept. A process that ends before leaves them in the file like any others. */
  async write(records: readonly JournalRecord[]): Promise<Result<WrittenFrames, AppError>> {
    const { bytes, hash } = encodeChain(this.#key, this.#hash, records)
    try {
      if (this.#hasRubbish) await this.#cutRubbish()
      this.#hasRubbish = true
      reach('main.journal.before-write')
      await this.#file.write(bytes, this.#bytes)
      reach('main.journal.written')
      await this.#file.datasync()
      reach('main.journal.synced')
    } catch (error) {
      await this.#cutRubbish().catch(() => undefined) // tried again before the next append
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
    const keep = () => {
      this.#hasRubbish = false
      this.#bytes += bytes.length
      this.#hash = hash
    }
    return ok({ keep, takeBack: () => this.#cutRubbish() })
  }

  async close(): Promise<void> {
    if (this.#hasRubbish) await this.#cutRubbish().catch(() => undefined)
    await this.#file.close()
  }

  async #cutRubbish(): Promise<void> {
    await this.#file.truncate(this.#bytes)
    await this.#file.datasync()
    this.#hasRubbish = false
  }
}

/** Writes a new file with these records in the place of what is there; a crash leaves the one or the other. */
export function replaceLog(path: string, key: Uint8Array, records: readonly JournalRecord[]): Promise<void> {
  return writeFileAtomically(path, Buffer.concat([FILE_MAGIC, encodeChain(key, FIRST_HASH, records).bytes]))
}

/**
 * Reads an existing file and opens it for appending. A torn last frame is cut off; other damage is copied aside, and
 * the readable beginning goes on being used. [J2]
 * @throws the system's error, also when the copy finds no room: nothing is cut before it is kept
 */
export async function openLog(path: string, key: Uint8Array, nowMs: number, openFile: OpenJournalFile): Promise<OpenedLog> {
  const bytes = await readFile(path)
  const read = readAll(key, bytes)
  const damage = read.tail === 'damaged' ? { keptAs: await keepAside(path, nowMs), guessedN: guessHighestNumber(bytes, read.end) } : null
  const file = await openFile(path)
  try {
    await cutBehind(file, read.end, bytes.length)
  } catch (error) {
    await file.close().catch(() => undefined) // whoever tries again opens it anew
    throw error
  }
  const log = new FrameLog(file, key, { bytes: Math.max(read.end, FILE_MAGIC.length), hash: read.hash })
  return { log, records: read.records, damage }
}

/** Leaves the good part, and the beginning that every file has. */
async function cutBehind(file: JournalFile, end: number, length: number): Promise<void> {
  if (end < length) {
    await file.truncate(end)
    await file.datasync()
  }
  if (end > 0) return
  await file.write(FILE_MAGIC, 0)
  await file.datasync()
}

export const hasLog = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

function readAll(key: Uint8Array, bytes: Buffer) {
  const records: JournalRecord[] = []
  if (!bytes.subarray(0, FILE_MAGIC.length).equals(FILE_MAGIC)) return { records, end: 0, hash: FIRST_HASH, tail: 'damaged' as const }
  let end = FILE_MAGIC.length
  let hash = FIRST_HASH
  for (;;) {
    const read = readFrame(key, hash, bytes, end)
    if (read.type !== 'frame') return { records, end, hash, tail: read.type }
    records.push(read.record)
    end += read.frame.length
    hash = hashOf(read.frame)
  }
}

function encodeChain(key: Uint8Array, previousHash: Buffer, records: readonly JournalRecord[]) {
  const frames: Buffer[] = []
  let hash = previousHash
  for (const record of records) {
    const frame = encodeFrame(key, hash, record)
    frames.push(frame)
    hash = hashOf(frame)
  }
  return { bytes: Buffer.concat(frames), hash }
}

async function keepAside(path: string, nowMs: number): Promise<string> {
  const keptAs = `${path}.damaged-${nowMs}`
  await copyFile(path, keptAs)
  const copy = await open(keptAs, 'r+')
  try {
    await copy.sync()
  } finally {
    await copy.close()
  }
  await syncFolder(dirname(path))
  return keptAs
}
