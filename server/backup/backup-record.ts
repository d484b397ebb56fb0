import { z } from 'zod'
import { BackupError } from './backup-error.ts'

/*
 * What flows inside a backup, before compression and encryption: records of kind (1 byte), length (uint32) and body.
 * Order: manifest; for each table its head, its rows, its end; the end.
 */
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()

export const manifestSchema = z.strictObject({
  takenAtMs: z.int(),
  postgres: z.string(), // version it came from
  migrations: z.array(z.string()).min(1), // schema it is in
  epoch: z.string(),
  seq: count,
  auditN: count,
  auditHash: z.string(),
  serverKey: z.base64().length(44).optional(), // what the server signs with (S5); absent = left out
})
export type BackupManifest = Readonly<z.infer<typeof manifestSchema>>
const tableSchema = z.strictObject({ table: name, columns: z.array(name).min(1) })
export type TableHead = Readonly<z.infer<typeof tableSchema>>
const tableEndSchema = z.strictObject({ table: name, rows: count, sha256 })
const endSchema = z.strictObject({ tables: count, rows: count, sequences: z.record(name, count) })
export type BackupEnd = Readonly<z.infer<typeof endSchema>>

export type BackupRecord =
  | { readonly kind: 'manifest'; readonly body: BackupManifest }
  | { readonly kind: 'table'; readonly body: TableHead }
  | { readonly kind: 'rows'; readonly body: Buffer }
  | { readonly kind: 'table-end'; readonly body: z.infer<typeof tableEndSchema> }
  | { readonly kind: 'end'; readonly body: BackupEnd }

const KINDS = ['manifest', 'table', 'rows', 'table-end', 'end'] as const
const schemas = { manifest: manifestSchema, table: tableSchema, 'table-end': tableEndSchema, end: endSchema }
const HEAD_BYTES = 5

export function encodeRecord(record: BackupRecord): Buffer {
  const body = record.kind === 'rows' ? record.body : Buffer.from(JSON.stringify(record.body))
  const head = Buffer.alloc(HEAD_BYTES)
  head[0] = KINDS.indexOf(record.kind)
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

/** @throws {BackupError} 'damaged' where the bytes end inside a record or after one that is not the end */
export async function* decodeRecords(source: AsyncIterable<Buffer>): AsyncGenerator<BackupRecord> {
  let held: Buffer[] = []
  let length = 0
  let needed = HEAD_BYTES
  let lastKind = ''
  for await (const part of source) {
    held.push(part)
    length += part.length
    while (length >= needed) {
      const bytes = Buffer.concat(held)
      const end = HEAD_BYTES + bytes.readUInt32BE(1)
      held = [bytes]
      needed = end
      if (bytes.length < end) break
      const record = parseRecord(bytes[0] ?? -1, bytes.subarray(HEAD_BYTES, end))
      lastKind = record.kind
      yield record
      held = [bytes.subarray(end)]
      length = bytes.length - end
      needed = HEAD_BYTES
    }
  }
  if (length > 0 || lastKind !== 'end') throw new BackupError('damaged', 'The backup ends too early.')
}

function parseRecord(kindByte: number, body: Buffer): BackupRecord {
  const kind = KINDS[kindByte]
  if (kind === 'rows') return { kind, body }
  const parsed = kind && schemas[kind].safeParse(JSON.parse(body.toString('utf8')))
  if (!parsed?.success) throw new BackupError('newer-version', 'The backup holds something that this version does not understand; a newer version made it.')
  return { kind, body: parsed.data } as BackupRecord
}
