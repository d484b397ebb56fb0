import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { type PackedRow, packText, unpackText } from '../../shared/sync/packed-page.ts'
import { type EntryFacts, factsOf } from './entry-facts.ts'

/** How a page's text is written: raw deflate, as the server sends it, or as it is. */
export type PageFormat = 'deflate' | 'text'
/** A page's text on its way between the store and memory. */
export interface PageBody {
  readonly format: PageFormat
  readonly textBytes: number // of the text: nothing larger is unpacked
  readonly bytes: Uint8Array
}

/** Entries of a page as the window keeps them: facts beside the text. Plain data: it crosses from a worker. */
export interface EntryGroup {
  readonly keys: readonly string[] // names of a line's values
  readonly bytes: Uint8Array // UTF-8; each line is a JSON array of values
  readonly ends: Uint32Array // end of each line
  readonly seqs: readonly number[]
  readonly facts: readonly EntryFacts[]
}
export interface ParsedPage {
  readonly rows: readonly PackedRow[] // of all other tables, whole
  readonly entryGroups: readonly EntryGroup[]
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Below this it is not worth deflating. */
const DEFLATE_ABOVE_BYTES = 64 * 1_024

const through = (bytes: Uint8Array, stream: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> =>
  new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>)

/** Rejects where it is no page, or holds more text than announced. */
async function inflate({ format, textBytes, bytes }: PageBody): Promise<string> {
  if (format === 'text') return decoder.decode(bytes)
  const text = new Uint8Array(textBytes)
  let length = 0
  for (const reader = through(bytes, new DecompressionStream('deflate-raw')).getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return decoder.decode(text.subarray(0, length))
    if (length + value.length > textBytes) throw new Error('packed page: more text than announced')
    text.set(value, length)
    length += value.length
  }
}

/** All rows of a page, whole. */
export const readPage = async (body: PageBody): Promise<readonly PackedRow[]> => unpackText(await inflate(body))

/** A page of these rows. */
export async function writePage(rows: readonly PackedRow[]): Promise<PageBody> {
  const groups = Map.groupBy(rows, ({ table, row }) => [table, ...Object.keys(row)].join())
  const tables = [...groups.values()].map((group) => ({
    table: group[0]?.table as TableName,
    keys: [...Object.keys(group[0]?.row ?? {}), 'seq'],
    rowsJson: group.map(({ row, seq }) => JSON.stringify([...Object.values(row), seq])).join(),
  }))
  const text = encoder.encode(packText(tables))
  if (text.length <= DEFLATE_ABOVE_BYTES) return { format: 'text', textBytes: text.length, bytes: text }
  const deflated = await new Response(through(text, new CompressionStream('deflate-raw')) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()
  return { format: 'deflate', textBytes: text.length, bytes: new Uint8Array(deflated) }
}

interface TableText {
  readonly table: TableName
  readonly keys: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/**
 * Inflates and parses a page for the screen. Of an entry only its facts and its text stay.
 * @param onEntry sees each entry whole, while it is there anyhow
 */
export async function parsePage(body: PageBody, onEntry: (row: ContactEntry) => void): Promise<ParsedPage> {
  const text = await inflate(body)
  const tables = JSON.parse(text) as readonly TableText[]
  const entryGroups: EntryGroup[] = []
  for (const table of tables) if (table.table === 'contactEntries') entryGroups.push(parseEntries(table, onEntry))
  const others = tables.filter(({ table }) => table !== 'contactEntries')
  return { rows: others.length === 0 ? [] : unpackText(others.length === tables.length ? text : JSON.stringify(others)), entryGroups }
}

function parseEntries({ keys, rows }: TableText, onEntry: (row: ContactEntry) => void): EntryGroup {
  const lines: Uint8Array[] = []
  const ends = new Uint32Array(rows.length)
  const seqs: number[] = []
  const facts: EntryFacts[] = []
  let length = 0
  for (const [line, values] of rows.entries()) {
    const row = rowOfValues(keys, values)
    const bytes = encoder.encode(JSON.stringify(values))
    lines.push(bytes)
    length += bytes.length
    ends[line] = length
    seqs.push(values.at(-1) as number)
    facts.push(factsOf(row))
    onEntry(row)
  }
  return { keys, bytes: concat(lines, length), ends, seqs, facts }
}

/** @param keys end with 'seq', which is not the row's */
export function rowOfValues(keys: readonly string[], values: readonly unknown[]): ContactEntry {
  if (values.length !== keys.length) throw new Error('packed page: a row of another length than its keys')
  const row: Record<string, unknown> = {}
  for (let i = 0; i < keys.length - 1; i++) row[keys[i] as string] = values[i]
  return row as AnyRow as ContactEntry
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
