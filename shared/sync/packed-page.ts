import { z } from 'zod'
import { idField } from '../domain/common/fields.ts'
import { type AnyRow, type TableName, tableSchemas } from '../domain/tables.ts'

/** Most rows in one packed page; its size in memory is bounded by PACKED_MAX_TEXT_BYTES too. */
export const PACKED_PAGE_ROWS = 2_000
/** Most bytes of a page as text, and on its way: what says it is larger is not unpacked. */
export const PACKED_MAX_TEXT_BYTES = 64 * 1_024 * 1_024
export const PACKED_MAX_BYTES = 16 * 1_024 * 1_024

/**
 * What main and renderer know of a page without unpacking it. `next` as in a snapshot request's `after`; null = the last
 * page. `householdIds`: through which households its rows came; none for the firm's rows.
 */
export const packedHeaderSchema = z.strictObject({
  format: z.literal(1),
  rowCount: z.int().nonnegative(),
  textBytes: z.int().nonnegative().max(PACKED_MAX_TEXT_BYTES), // of the inflated text in UTF-8
  householdIds: z.array(idField).max(PACKED_PAGE_ROWS),
  next: z.string().max(200).nullable(),
})
export type PackedHeader = Readonly<z.infer<typeof packedHeaderSchema>>

/**
 * A page as it travels and as it is sealed: the header in clear, the rows as raw deflate (RFC 1951) of the text that
 * `packText` makes. Between the server, which deflates it once, and the reader of its rows nobody takes it apart.
 */
export interface PackedPage {
  readonly header: PackedHeader
  readonly body: Uint8Array<ArrayBuffer>
}

/** Rows of one table: every field's name once. */
export interface PackedTable {
  readonly table: TableName
  readonly keys: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

export interface PackedRow {
  readonly table: TableName
  readonly id: string
  readonly seq: number
  readonly row: AnyRow
}

const LENGTH_BYTES = 4

/** Bytes of an HTTP answer: length of the header (u32, big-endian), header as JSON, body. The header is ASCII. */
export function encodePackedPage({ header, body }: PackedPage): Uint8Array {
  const text = JSON.stringify(header)
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + body.length)
  new DataView(bytes.buffer).setUint32(0, text.length)
  for (let i = 0; i < text.length; i++) bytes[LENGTH_BYTES + i] = text.charCodeAt(i)
  bytes.set(body, LENGTH_BYTES + text.length)
  return bytes
}

/** @returns null where these are not the bytes of a page; `body` is a copy, since the rest of `bytes` is not to be kept */
export function decodePackedPage(bytes: Uint8Array): PackedPage | null {
  if (bytes.length < LENGTH_BYTES || bytes.length > PACKED_MAX_BYTES) return null
  const end = LENGTH_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  if (end > bytes.length) return null
  const header = packedHeaderSchema.safeParse(parseJson(asciiOf(bytes.subarray(LENGTH_BYTES, end))))
  return header.success ? { header: header.data, body: bytes.slice(end) } : null
}

/** The text of a page from rows that are JSON arrays already, as the database writes them; `keys` end with 'seq'. */
export const packText = (tables: readonly { readonly table: TableName; readonly keys: readonly string[]; readonly rowsJson: string }[]): string =>
  `[${tables.map(({ table, keys, rowsJson }) => `{"table":"${table}","keys":${JSON.stringify(keys)},"rows":[${rowsJson}]}`).join(',')}]`

/** The rows of a page's text. Throws where it is not one that a server wrote. */
export const unpackText = (text: string): PackedRow[] => unpackTables(JSON.parse(text) as readonly PackedTable[])

/** The same of a text that was parsed already. */
export function unpackTables(tables: readonly PackedTable[]): PackedRow[] {
  return tables.flatMap((packed) => {
    if (!(packed.table in tableSchemas)) return [] // a table of a newer server
    const fields = packed.keys.slice(0, -1)
    return packed.rows.map((values) => unpackRow(packed.table, fields, values))
  })
}

function unpackRow(table: TableName, fields: readonly string[], values: readonly unknown[]): PackedRow {
  if (values.length !== fields.length + 1) throw new Error('packed page: a row of another length than its keys')
  const row: Record<string, unknown> = {}
  for (let i = 0; i < fields.length; i++) row[fields[i] as string] = values[i]
  return { table, id: row['id'] as string, seq: values[fields.length] as number, row: row as AnyRow }
}

function asciiOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
