import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { isTable, readLog, readTable } from './leveldb-files.ts'
import { unsnappy } from './unsnappy.ts'

/** A piece of a file as the program that wrote it sees it, and how it was come by. */
export interface Piece {
  readonly how: string
  readonly bytes: Buffer
}

const DEEPEST = 3
const MOST_BYTES = 64 << 20
const SQLITE_HEAD = Buffer.from('SQLite format 3\u0000', 'latin1')
const GZIP = Buffer.from([0x1f, 0x8b, 0x08])
/** Chromium's wrapping of large values in IndexedDB. @see content/browser/indexed_db (kRequiresProcessingSSVPseudoVersion) */
const IDB_SNAPPY = Buffer.from([0xff, 0x11, 0x02])
/** What the unsealed control build writes before a body, which may itself be compressed. */
const UNSEALED = Buffer.from('rapport-unsealed', 'latin1')

/** The file as it lies there, and everything that can be unpacked from it, also from inside other packings. */
export function* unpack(path: string, file: Buffer): Generator<Piece> {
  yield { how: 'raw', bytes: file }
  for (const piece of containerPieces(path, file)) {
    yield piece
    yield* streamsIn(piece, 1)
  }
  yield* streamsIn({ how: 'raw', bytes: file }, 1)
}

function* containerPieces(path: string, file: Buffer): Generator<Piece> {
  if (isTable(file)) for (const bytes of readTable(file)) yield { how: 'ldb', bytes }
  else if (/\.log$|MANIFEST-/.test(path)) for (const bytes of readLog(file)) yield { how: 'log', bytes }
  if (file.subarray(0, SQLITE_HEAD.length).equals(SQLITE_HEAD)) yield { how: 'sqlite', bytes: dumpSqlite(path) }
}

function* streamsIn({ how, bytes }: Piece, depth: number): Generator<Piece> {
  if (depth > DEEPEST) return
  const found: Piece[] = []
  for (const at of placesOf(bytes, GZIP)) found.push(...tryUnpack(`${how} gzip`, () => gunzipSync(bytes.subarray(at), options)))
  for (const at of zlibPlaces(bytes)) found.push(...tryUnpack(`${how} zlib`, () => inflateSync(bytes.subarray(at), options)))
  for (const at of placesOf(bytes, IDB_SNAPPY)) found.push(...tryUnpack(`${how} snappy`, () => unsnappy(bytes.subarray(at + 3), MOST_BYTES)))
  for (const at of placesOf(bytes, UNSEALED)) {
    const start = at + UNSEALED.length
    for (const skip of [0, 1, 4, 5]) found.push(...tryUnpack(`${how} deflate`, () => inflateRawSync(bytes.subarray(start + skip), options)))
  }
  for (const piece of found) {
    yield piece
    yield* streamsIn(piece, depth + 1)
  }
}

/** A stream that is followed by other bytes, or cut off, still gives what it holds. */
const options = { maxOutputLength: MOST_BYTES, finishFlush: 2 } as const // Z_SYNC_FLUSH

function tryUnpack(how: string, read: () => Buffer): Piece[] {
  try {
    const bytes = read()
    return bytes.length > 0 ? [{ how, bytes }] : []
  } catch {
    return [] // the bytes only looked like the head of a stream
  }
}

function* placesOf(bytes: Buffer, mark: Buffer): Generator<number> {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) yield at
}

function* zlibPlaces(bytes: Buffer): Generator<number> {
  for (const second of [0x01, 0x5e, 0x9c, 0xda]) yield* placesOf(bytes, Buffer.from([0x78, second]))
}

/** Every value of every table: a long text lies on several pages, in pieces. */
function dumpSqlite(path: string): Buffer {
  const parts: Buffer[] = []
  try {
    const database = new DatabaseSync(path, { readOnly: true })
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all()
    for (const { name } of tables) {
      for (const row of database.prepare(`select * from "${String(name)}"`).all()) {
        for (const value of Object.values(row)) parts.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)), Buffer.from('\n'))
      }
    }
    database.close()
  } catch {
    // locked or damaged: its raw pages are searched as well
  }
  return Buffer.concat(parts)
}
