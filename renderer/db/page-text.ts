import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { AnyRow, TableName } from '../../shared/domain/tables.ts'
import { type PackedRow, type PackedTable, packText, unpackTables, unpackText } from '../../shared/sync/packed-page.ts'
import { type FactColumns, FactWriter } from './fact-columns.ts'

/** How a page's text is written: raw deflate, as the server sends it, or as it is. */
export type PageFormat = 'deflate' | 'text'
/** A page's text on its way between the store and memory. */
export interface PageBody {
  readonly format: PageFormat
  readonly textBytes: number // of the text: nothing larger is unpacked
  readonly bytes: Uint8Array
}

/** What the search keeps of an entry. */
export type SearchedEntry = Pick<ContactEntry, 'id' | 'state' | 'occurredAtMs' | 'subject' | 'place' | 'note'>

/** Entries of a page as the window keeps them: facts, and where in the page's text they stand. Plain data: it crosses from a worker. */
export interface EntryGroup {
  readonly keys: readonly string[] // names of an entry's values
  readonly places: Uint32Array // begin and end of each entry's values in the text, two numbers each
  readonly seqs: readonly number[]
  readonly facts: FactColumns
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

/** The same without looking for places: null where there are entries, which nobody reads whole. */
export async function readSmallTables(body: PageBody): Promise<readonly PackedRow[] | null> {
  const tables = JSON.parse(decoder.decode(await inflate(body))) as readonly PackedTable[]
  return tables.some(isOfEntries) ? null : unpackTables(tables)
}

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
 * @param onEntry sees of each entry what can be searched, while it is there anyhow
 */
export async function parsePage(body: PageBody, onEntry: (row: SearchedEntry) => void): Promise<ParsedPage> {
  const text = await inflate(body)
  const { frame, places } = findRows(text)
  const tables = (JSON.parse(frame) as readonly PackedTable[]).map((table, i) => ({ ...table, places: places[i] ?? new Uint32Array(0) }))
  const rows = unpackTables(tables.filter((table) => !isOfEntries(table)).map((table) => ({ ...table, rows: parseRows(text, table.places) })))
  const entryGroups = tables.filter(isOfEntries).map((table) => parseEntries(text, table, onEntry))
  return { rows, entryGroups, text: entryGroups.length === 0 ? new Uint8Array(0) : text }
}

const isOfEntries = ({ table }: PackedTable): boolean => table === 'contactEntries'

const parseRows = (text: Uint8Array, places: Uint32Array): readonly (readonly unknown[])[] => JSON.parse(`[${decoder.decode(text.subarray(places[0] ?? 0, places.at(-1) ?? 0))}]`)

/** So many rows are parsed at once: all of a page would be old before they are garbage, and stay for long; one by one takes longer. */
const ROWS_AT_ONCE = 32

function parseEntries(text: Uint8Array, { keys, places }: { readonly keys: readonly string[]; readonly places: Uint32Array }, onEntry: (row: SearchedEntry) => void): EntryGroup {
  const at = Object.fromEntries(keys.map((key, i) => [key, i])) as Readonly<Record<keyof SearchedEntry, number>>
  const facts = new FactWriter(keys, places.length / 2)
  const seqs: number[] = []
  for (let i = 0; i < places.length; i += 2 * ROWS_AT_ONCE) {
    for (const row of parseRows(text, places.subarray(i, i + 2 * ROWS_AT_ONCE))) {
      if (row.length !== keys.length) throw oddRow()
      facts.add(row)
      seqs.push(row.at(-1) as number)
      const searched = { id: row[at.id], state: row[at.state], occurredAtMs: row[at.occurredAtMs], subject: row[at.subject], place: row[at.place], note: row[at.note] }
      onEntry(searched as SearchedEntry)
    }
  }
  return { keys, places, seqs, facts: facts.columns }
}

const oddRow = (): Error => new Error('packed page: a row of another length than its keys')

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((c) => c.charCodeAt(0))
/** A table stands in an array, a row in its table's array of rows. */
const [TABLE_DEPTH, ROW_DEPTH] = [2, 4]

/**
 * The text without its rows, and for each table begin and end of every row, in order.
 * What is no JSON is found when the parts are parsed.
 */
function findRows(text: Uint8Array): { readonly frame: string; readonly places: readonly Uint32Array[] } {
  const places: number[][] = []
  const outside: string[] = []
  let depth = 0
  let end = 0 // of the last row
  for (let i = 0; i < text.length; i++) {
    const byte = text[i]
    if (byte === QUOTE) i = endOfString(text, i)
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (++depth === TABLE_DEPTH) places.push([])
      if (depth !== ROW_DEPTH) continue
      if (places.at(-1)?.length === 0) outside.push(decoder.decode(text.subarray(end, i)))
      places.at(-1)?.push(i)
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      if (depth-- !== ROW_DEPTH) continue
      end = i + 1
      places.at(-1)?.push(end)
    }
  }
  outside.push(decoder.decode(text.subarray(end)))
  return { frame: outside.join(''), places: places.map((table) => Uint32Array.from(table)) }
}

function endOfString(text: Uint8Array, from: number): number {
  let i = from + 1
  while (i < text.length && text[i] !== QUOTE) i += text[i] === BACKSLASH ? 2 : 1
  return i
}

/** @param keys end with 'seq', which is not the row's */
export function rowOfValues(keys: readonly string[], values: readonly unknown[]): ContactEntry {
  if (values.length !== keys.length) throw oddRow()
  const row: Record<string, unknown> = {}
  for (let i = 0; i < keys.length - 1; i++) row[keys[i] as string] = values[i]
  return row as AnyRow as ContactEntry
}
