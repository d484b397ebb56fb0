import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findIn, type Needle } from './find-text.ts'
import { unpack } from './unpack.ts'

export interface DiskHit {
  readonly kind: string
  readonly encoding: string
  readonly how: string // 'raw', 'ldb', 'log snappy' …
  readonly file: string
}
export interface DiskScan {
  readonly fileCount: number
  readonly pieceCount: number
  readonly byteCount: number
  readonly hits: readonly DiskHit[]
}

/** Searches every file below the folder, raw and unpacked, and its name. Sockets and links to nowhere have no content. */
export function scanDisk(folder: string, needles: readonly Needle[]): DiskScan {
  const hits = new Map<string, DiskHit>()
  let fileCount = 0
  let pieceCount = 0
  let byteCount = 0
  const note = (file: string, how: string, bytes: Buffer) => {
    pieceCount += 1
    byteCount += bytes.length
    for (const { kind, encoding } of findIn(bytes, needles)) hits.set(`${kind}|${encoding}|${how}|${file}`, { kind, encoding, how, file })
  }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const file = relative(folder, path)
    note(file, 'name', Buffer.from(file))
    if (!entry.isFile()) continue
    fileCount += 1
    for (const { how, bytes } of unpack(path, readFileSync(path))) note(file, how, bytes)
  }
  return { fileCount, pieceCount, byteCount, hits: [...hits.values()] }
}
