import { createCipheriv, createDecipheriv } from 'node:crypto'
import { BackupError } from './backup-error.ts'
import { type BackupHeader, type BackupSecret, backupHeaderSchema, deriveBackupKey } from './backup-key.ts'

/*
 * File = magic, length of the header (uint32), header (JSON), then pieces. Each piece is one mebibyte (the last one less),
 * sealed with its number and whether it is the last as nonce: pieces cannot be cut off, moved, repeated or left out.
 */
const MAGIC = Buffer.from('RAPPORT-BACKUP\n')
const PIECE_BYTES = 1_048_576
const TAG_BYTES = 16
const HEADER_MAX_BYTES = 4_096

type Bytes = AsyncIterable<Buffer>

/** Encrypts as it flows; holds about two pieces in memory. */
export async function* sealStream(plain: Bytes, header: BackupHeader, secret: BackupSecret): AsyncGenerator<Buffer> {
  const key = await deriveBackupKey(header, secret)
  const start = encodeStart(header)
  yield start
  let number = 0
  for await (const { bytes, isLast } of piecesOf(plain, PIECE_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, isLast))
    cipher.setAAD(start)
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
}

/** The plain bytes again. @throws {BackupError} 'not-a-backup', 'wrong-key', or 'damaged' at the first piece that was changed or is missing */
export async function* openStream(sealed: Bytes, secret: BackupSecret): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]()
  const { header, start, rest } = await readStart(source)
  const key = await deriveBackupKey(header, secret)
  let number = 0
  for await (const { bytes, isLast } of piecesOf(chain(rest, source), PIECE_BYTES + TAG_BYTES)) yield openPiece(key, start, bytes, number++, isLast)
}

function openPiece(key: Buffer, start: Buffer, piece: Buffer, number: number, isLast: boolean): Buffer {
  if (piece.length < TAG_BYTES) throw new BackupError('damaged', 'The backup is cut off.')
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: TAG_BYTES })
  decipher.setAAD(start)
  decipher.setAuthTag(piece.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(piece.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    if (number === 0) throw new BackupError('wrong-key', 'The backup does not open: the key is another one, or the file was changed.')
    throw new BackupError('damaged', `The backup was changed or is cut off (piece ${number + 1}).`)
  }
}

function encodeStart(header: BackupHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([MAGIC, length, json])
}

async function readStart(source: AsyncIterator<Buffer>): Promise<{ readonly header: BackupHeader; readonly start: Buffer; readonly rest: Buffer }> {
  let bytes = Buffer.alloc(0)
  const fixed = MAGIC.length + 4
  for (;;) {
    const end = bytes.length < fixed ? fixed : fixed + Math.min(bytes.readUInt32BE(MAGIC.length), HEADER_MAX_BYTES)
    if (bytes.length >= end) {
      const parsed = backupHeaderSchema.safeParse(parseJson(bytes.subarray(fixed, end)))
      if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || !parsed.success) throw new BackupError('not-a-backup', 'This is not a backup of Rapport that this version understands.')
      return { header: parsed.data, start: bytes.subarray(0, end), rest: bytes.subarray(end) }
    }
    const next = await source.next()
    if (next.done) throw new BackupError('not-a-backup', 'This is not a backup of Rapport, or it is cut off at its beginning.')
    bytes = Buffer.concat([bytes, next.value])
  }
}

/** Pieces of exactly `size`; the last one, marked as such, may be shorter or empty. */
async function* piecesOf(source: Bytes, size: number): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let parts: Buffer[] = []
  let length = 0
  for await (const part of source) {
    parts.push(part)
    length += part.length
    if (length <= size) continue
    let held = Buffer.concat(parts)
    for (; held.length > size; held = held.subarray(size)) yield { bytes: held.subarray(0, size), isLast: false }
    parts = [held]
    length = held.length
  }
  yield { bytes: Buffer.concat(parts), isLast: true }
}

/** 96 bits: the piece's number, and 1 in the last byte for the last piece. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 4)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

async function* chain(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
