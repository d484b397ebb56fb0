import snappy from 'snappyjs'

/** @see https://github.com/google/leveldb/blob/main/doc/table_format.md */
const TABLE_MAGIC = Buffer.from('57fb808b247547db', 'hex')
const FOOTER_BYTES = 48
/** @see https://github.com/google/leveldb/blob/main/doc/log_format.md */
const LOG_BLOCK_BYTES = 32_768
const LOG_HEAD_BYTES = 7

interface Cursor {
  readonly bytes: Buffer
  at: number
}

function readVarint(cursor: Cursor): number {
  let value = 0
  for (let shift = 0; shift < 63; shift += 7) {
    const byte = cursor.bytes[cursor.at++]
    if (byte === undefined) throw new Error('varint runs over the end')
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
  throw new Error('varint is too long')
}

function readBlock(file: Buffer, offset: number, length: number): Buffer {
  const raw = file.subarray(offset, offset + length)
  return file[offset + length] === 1 ? Buffer.from(snappy.uncompress(raw)) : raw
}

/** Whole keys and values: inside a block a key is written as what differs from the one before it. */
function* entriesOf(block: Buffer): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
  const restarts = block.readUInt32LE(block.length - 4)
  const cursor: Cursor = { bytes: block.subarray(0, block.length - 4 - 4 * restarts), at: 0 }
  let key = Buffer.alloc(0)
  while (cursor.at < cursor.bytes.length) {
    const shared = readVarint(cursor)
    const unshared = readVarint(cursor)
    const length = readVarint(cursor)
    key = Buffer.concat([key.subarray(0, shared), cursor.bytes.subarray(cursor.at, cursor.at + unshared)])
    cursor.at += unshared
    yield { key, value: cursor.bytes.subarray(cursor.at, cursor.at + length) }
    cursor.at += length
  }
}

export const isTable = (file: Buffer): boolean => file.length >= FOOTER_BYTES && file.subarray(-8).equals(TABLE_MAGIC)

/** Every block of a table file, decompressed, and every key in full. @throws where the file is not whole */
export function* readTable(file: Buffer): Generator<Buffer> {
  const footer: Cursor = { bytes: file.subarray(-FOOTER_BYTES), at: 0 }
  readVarint(footer)
  readVarint(footer)
  const index = readBlock(file, readVarint(footer), readVarint(footer))
  for (const { key, value } of entriesOf(index)) {
    yield key
    const place: Cursor = { bytes: value, at: 0 }
    const block = readBlock(file, readVarint(place), readVarint(place))
    yield block
    for (const entry of entriesOf(block)) yield entry.key
  }
}

/** Records of a log or manifest, put together where a block's end cut them. What is torn is left out: the raw file is searched too. */
export function* readLog(file: Buffer): Generator<Buffer> {
  let parts: Buffer[] = []
  for (let start = 0; start < file.length; start += LOG_BLOCK_BYTES) {
    const block = file.subarray(start, start + LOG_BLOCK_BYTES)
    let at = 0
    while (at + LOG_HEAD_BYTES <= block.length) {
      const length = block.readUInt16LE(at + 4)
      const kind = block.readUInt8(at + 6) // 1 whole, 2 first, 3 middle, 4 last
      if (kind < 1 || kind > 4 || at + LOG_HEAD_BYTES + length > block.length) break
      parts = kind === 1 || kind === 2 ? [] : parts
      parts.push(block.subarray(at + LOG_HEAD_BYTES, at + LOG_HEAD_BYTES + length))
      if (kind === 4) yield Buffer.concat(parts)
      at += LOG_HEAD_BYTES + length
    }
  }
}
