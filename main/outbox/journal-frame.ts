import { createHash } from 'node:crypto'
import { seal, unseal } from '../lib/seal.ts'
import { type JournalRecord, kindOf, numberOf, parseRecord } from './journal-record.ts'

/**
 * One frame of the journal, numbers big-endian:
 *   length u32 (of all that follows the check) | kind u8 | n u32 | check 4 bytes
 *   | nonce 24 | cipher text and tag | hash of the frame before, 32 bytes
 * The check is the beginning of a SHA-256 over head and previous hash: it tells a length that was changed on the disk,
 * which must not be cut off, from a frame that was never finished, which must.
 */
const HEAD_BYTES = 9
const CHECK_BYTES = 4
const HASH_BYTES = 32
const LEAST_BODY_BYTES = 24 + 16 + HASH_BYTES
/** Above what the IPC lets through in one command; a longer frame was not written by us. */
const MOST_BODY_BYTES = 4 * 1_024 * 1_024

export const FILE_MAGIC = Buffer.from('RAPJRNL1', 'latin1')
export const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
/** What the first frame names as the hash before it. */
export const FIRST_HASH = hashOf(FILE_MAGIC)

export function encodeFrame(key: Uint8Array, previousHash: Uint8Array, record: JournalRecord): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(kindOf(record.type), 4)
  head.writeUInt32BE(numberOf(record), 5)
  const sealed = seal(key, placeOf(head, previousHash), Buffer.from(JSON.stringify(record.body), 'utf8'))
  head.writeUInt32BE(sealed.length + HASH_BYTES, 0)
  return Buffer.concat([head, checkOf(head, previousHash), sealed, previousHash])
}

export type FrameRead =
  | { readonly type: 'frame'; readonly record: JournalRecord; readonly frame: Buffer }
  | { readonly type: 'end' } // nothing more
  | { readonly type: 'torn' } // the last write was cut off before it was complete, so it was never answered
  | { readonly type: 'damaged' }

/** Reads the frame at `at`. A tail of zeros counts as torn: some file systems grow a file before its bytes arrive. */
export function readFrame(key: Uint8Array, previousHash: Uint8Array, file: Buffer, at: number): FrameRead {
  const rest = file.subarray(at)
  if (rest.length === 0) return { type: 'end' }
  if (rest.length < HEAD_BYTES + CHECK_BYTES || rest.every((byte) => byte === 0)) return { type: 'torn' }
  const head = rest.subarray(0, HEAD_BYTES)
  if (!checkOf(head, previousHash).equals(rest.subarray(HEAD_BYTES, HEAD_BYTES + CHECK_BYTES))) return { type: 'damaged' }
  const end = HEAD_BYTES + CHECK_BYTES + head.readUInt32BE(0)
  if (rest.length < end) return { type: 'torn' }
  const frame = rest.subarray(0, end)
  const body = frame.subarray(HEAD_BYTES + CHECK_BYTES, -HASH_BYTES)
  const plain = frame.subarray(-HASH_BYTES).equals(previousHash) ? unseal(key, placeOf(head, previousHash), body) : undefined
  const record = plain && parseRecord(head.readUInt8(4), JSON.parse(plain.toString('utf8')))
  return record ? { type: 'frame', record, frame } : { type: 'damaged' }
}

/**
 * Highest command number that the frames from `at` on seem to carry, read without checking: after damage, numbering
 * goes on above what may have been used. 0 = none could be made out.
 */
export function guessHighestNumber(file: Buffer, at: number): number {
  let highest = 0
  let position = at
  while (position + HEAD_BYTES + CHECK_BYTES + LEAST_BODY_BYTES <= file.length) {
    const length = file.readUInt32BE(position)
    if (length < LEAST_BODY_BYTES || length > MOST_BODY_BYTES) break
    const n = file.readUInt32BE(position + 5)
    if (file.readUInt8(position + 4) === kindOf('command') && n < 1_000_000_000) highest = Math.max(highest, n)
    position += HEAD_BYTES + CHECK_BYTES + length
  }
  return highest
}

/** Kind, n and the frame before: a sealed body opens in no other frame. The length follows from the body itself. */
const placeOf = (head: Uint8Array, previousHash: Uint8Array) => Buffer.concat([Buffer.from('rapport/journal'), head.subarray(4, HEAD_BYTES), previousHash])
const checkOf = (head: Uint8Array, previousHash: Uint8Array) => hashOf(Buffer.concat([head, previousHash])).subarray(0, CHECK_BYTES)
