import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { type PackedRow, type PackedTable, packText, unpackTables, unpackText } from '../../shared/sync/packed-page.ts'
import { type EntryFacts, factsOf } from './entry-facts.ts'

/** How a page's text is written: raw deflate, as the server sends it, or as it is. */
export type PageFormat = 'deflate' | 'text'
/** A page's text on its way between the store and memory. */
export interface PageBody {
  readonly format: PageFormat
  readonly textBytes: number // of the text: nothing larger is unpacked
  readonly bytes: Uint8Array
}

/** Entries of a page as the window keeps them: facts, and where in the page's text they stand. Plain data: it crosses from a worker. */
export interface EntryGroup {
  readonly keys: readonly string[] // names of an entry's values
  readonly places: Uint32Array // begin and end of each entry's values in the text, two numbers each
  readonly seqs: readonly number[]
  readonly facts: readonly EntryFacts[]
}
export interface ParsedPage {
  readonly rows: readonly PackedRow[] // of all other tables, whole
  readonly entryGroups: readonly EntryGroup[]
  readonly text: Uint8Array // UTF-8; empty where there are no entries
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Below this it is not worth deflating. */
const DEFLATE_ABOVE_BYTES = 64 * 1_024

/** Written straight into it: making a Blob of the bytes would wait for the browser process. What fails is heard by the reader. */
function through(bytes: Uint8Array, { readable, writable }: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  const writer = writable.getWriter()
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined)
  writer.close().catch(() => undefined)
  return readable
}

/** Rejects where it is no page, or holds more text than announced. */
async function inflate({ format, textBytes, bytes }: PageBody): Promise<Uint8Array> {
  if (format === 'text') return bytes
  const text = new Uint8Array(textBytes)
  let length = 0
  for (const reader = through(bytes, new DecompressionStream('deflate-raw')).getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return text.subarray(0, length)
    if (length + value.length > textBytes) throw new Error('packed page: more text than announced')
    text.set(value, length)
    length += value.length
  }
}

const wholeOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())

/** Deflated JSON of this device's own making. */
export const packJson = (value: unknown): Promise<Uint8Array> => wholeOf(through(encoder.encode(JSON.stringify(value)), new CompressionStream('deflate-raw')))
export const unpackJson = async (bytes: Uint8Array): Promise<unknown> => JSON.parse(decoder.decode(await wholeOf(through(bytes, new DecompressionStream('deflate-raw')))))

/** All rows of a page, whole. */
export const readPage = async (body: PageBody): Promise<readonly PackedRow[]> => unpackText(decoder.decode(await inflate(body)))

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
  return { format: 'deflate', textBytes: text.length, bytes: await wholeOf(through(text, new CompressionStream('deflate-raw'))) }
}

/**
 * Inflates and parses a page for the screen. Of an entry only its facts and its text stay.
 * @param onEntry sees each entry whole, while it is there anyhow
 */
export async function parsePage(body: PageBody, onEntry: (row: ContactEntry) => void): Promise<ParsedPage> {
  const text = await inflate(body)
  const tables = JSON.parse(decoder.decode(text)) as readonly PackedTable[]
  const isOfEntries = ({ table }: PackedTable): boolean => table === 'contactEntries'
  const others = tables.filter((table) => !isOfEntries(table))
  const rows = unpackTables(others)
  if (others.length === tables.length) return { rows, entryGroups: [], text: new Uint8Array(0) }
  const places = findRows(text)
  const entryGroups: EntryGroup[] = []
  let first = 0
  for (const table of tables) {
    const end = first + table.rows.length
    if (isOfEntries(table)) entryGroups.push(parseEntries(table, places.slice(2 * first, 2 * end), onEntry))
    first = end
  }
  return { rows, entryGroups, text }
}

function parseEntries({ keys, rows }: PackedTable, places: Uint32Array, onEntry: (row: ContactEntry) => void): EntryGroup {
  const seqs: number[] = []
  const facts: EntryFacts[] = []
  for (const values of rows) {
    const row = rowOfValues(keys, values)
    seqs.push(values.at(-1) as number)
    facts.push(factsOf(row))
    onEntry(row)
  }
  return { keys, places, seqs, facts }
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((c) => c.charCodeAt(0))
/** A row stands in the tables' array, its table's object and that one's array of rows. */
const ROW_DEPTH = 4

/** Begin and end of every row of a page's text, in order. The text has been parsed before: it is JSON. */
function findRows(text: Uint8Array): Uint32Array {
  const places: number[] = []
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]
    if (byte === QUOTE) i = endOfString(text, i)
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (++depth === ROW_DEPTH) places.push(i)
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      if (depth-- === ROW_DEPTH) places.push(i + 1)
    }
  }
  return Uint32Array.from(places)
}

function endOfString(text: Uint8Array, from: number): number {
  let i = from + 1
  while (i < text.length && text[i] !== QUOTE) i += text[i] === BACKSLASH ? 2 : 1
  return i
}

/** @param keys end with 'seq', which is not the row's */
export function rowOfValues(keys: readonly string[], values: readonly unknown[]): ContactEntry {
  if (values.length !== keys.length) throw new Error('packed page: a row of another length than its keys')
  const row: Record<string, unknown> = {}
  for (let i = 0; i < keys.length - 1; i++) row[keys[i] as string] = values[i]
  return row as AnyRow as ContactEntry
}
