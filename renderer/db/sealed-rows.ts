import { type AnyRow, householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import type { PackedRow } from '../../shared/sync/packed-page.ts'
import type { WireRow } from '../../shared/sync/pull.ts'
import { bridge } from '../bridge/window-api.ts'
import type { BaseEntry } from './base-rows.ts'
import { unpackFacts } from './fact-columns.ts'
import { PackedEntry } from './packed-entry.ts'
import type { PlainPage } from './page-reader.ts'
import type { PageBody, ParsedPage } from './page-text.ts'
import type { StoredPage, StoredRow } from './replica-database.ts'
import { openManyJson, sealJson } from './sealed-json.ts'

type RowBody = readonly [table: TableName, id: string, row: AnyRow | null]
/** A row as it was sealed: whole. */
export type OpenedRow = BaseEntry & { readonly row: AnyRow | null }

/** A household's keyed hash. */
export const scopeToken = (householdId: string): string => bridge.cipher.token(`household|${householdId}`)

export const rowKey = (table: TableName, id: string): string => bridge.cipher.token(`${table}|${id}`)

function scopesOf(rows: Iterable<{ readonly table: TableName; readonly row: AnyRow | null }>): readonly string[] {
  const households = new Set<string>()
  for (const { table, row } of rows) {
    const seenThrough = row ? householdsOfRow(table, row) : 'firm'
    if (seenThrough !== 'firm') for (const id of seenThrough) households.add(id)
  }
  return [...households].map(scopeToken)
}

type PagePlace = Pick<StoredPage, 'n' | 'generation' | 'part' | 'format' | 'textBytes'>

const pagePlace = ({ n, generation, part, format, textBytes }: PagePlace): string => `pages|${n}|${generation}|${part}|${format}|${textBytes}`
const rowPlace = (row: Pick<StoredRow, 'k' | 'n' | 'seq'>): string => `rows|${row.k}|${row.n}|${row.seq}`

/** @param body sealed as it is, still deflated */
export function sealPage(place: Pick<StoredPage, 'n' | 'generation' | 'part'>, scopes: readonly string[], { format, textBytes, bytes }: PageBody): StoredPage {
  const { n, generation, part } = place
  return { n, generation, part, format, textBytes, scopes, sealed: bridge.cipher.seal(pagePlace({ n, generation, part, format, textBytes }), bytes) }
}

/** Tokens of the households that the rows are seen through. */
export const scopesOfRows = (rows: readonly PackedRow[]): readonly string[] => scopesOf(rows)

export function sealRow(k: string, n: number, wire: WireRow): StoredRow {
  const row = wire.row as AnyRow | null
  const body: RowBody = [wire.table, wire.id, row]
  return { k, n, seq: wire.seq, scopes: scopesOf([{ table: wire.table, row }]), sealed: sealJson(rowPlace({ k, n, seq: wire.seq }), body) }
}

/** Throws where the body was changed or moved. */
export function openPage(page: StoredPage): PlainPage {
  return { n: page.n, body: { format: page.format, textBytes: page.textBytes, bytes: bridge.cipher.open(pagePlace(page), page.sealed) } }
}

/** A parsed page's rows, as they go into memory. */
export function entriesOfPage(n: number, { rows, entryGroups, text }: ParsedPage): BaseEntry[] {
  const entries: BaseEntry[] = rows.map(({ table, id, seq, row }) => ({ table, id, seq, n, row }))
  for (const group of entryGroups) {
    for (const [line, facts] of unpackFacts(group.facts).entries())
      entries.push({ table: 'contactEntries', id: facts.id, seq: group.seqs[line] ?? 0, n, row: new PackedEntry(facts, text, group, line) })
  }
  return entries
}

/** Throws where a body was changed or moved. */
export function openRows(rows: readonly StoredRow[]): readonly OpenedRow[] {
  const bodies = openManyJson<RowBody>(rows.map((row) => ({ aad: rowPlace(row), sealed: row.sealed })))
  return bodies.map(([table, id, row], i) => ({ table, id, seq: rows[i]?.seq ?? 0, n: rows[i]?.n ?? 0, row }))
}
