import { type AnyRow, householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import type { WireRow } from '../../shared/sync/pull.ts'
import { bridge } from '../bridge/window-api.ts'
import type { BaseEntry } from './base-rows.ts'
import type { StoredPage, StoredRow } from './replica-database.ts'
import { openManyJson, sealJson } from './sealed-json.ts'

type RowBody = readonly [table: TableName, id: string, row: AnyRow | null]
type PageBody = readonly (readonly [table: TableName, id: string, seq: number, row: AnyRow])[]

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

const pagePlace = (page: Pick<StoredPage, 'n' | 'generation'>): string => `pages|${page.n}|${page.generation}`
const rowPlace = (row: Pick<StoredRow, 'k' | 'n' | 'seq'>): string => `rows|${row.k}|${row.n}|${row.seq}`

export function sealPage(n: number, generation: number, rows: readonly WireRow[]): StoredPage {
  const body: PageBody = rows.flatMap((r) => (r.row === null ? [] : [[r.table, r.id, r.seq, r.row as AnyRow] as const]))
  return { n, generation, scopes: scopesOf(rows as readonly { table: TableName; row: AnyRow | null }[]), sealed: sealJson(pagePlace({ n, generation }), body) }
}

export function sealRow(k: string, n: number, wire: WireRow): StoredRow {
  const row = wire.row as AnyRow | null
  const body: RowBody = [wire.table, wire.id, row]
  return { k, n, seq: wire.seq, scopes: scopesOf([{ table: wire.table, row }]), sealed: sealJson(rowPlace({ k, n, seq: wire.seq }), body) }
}

/** Throws where a body was changed or moved. */
export function openPages(pages: readonly StoredPage[]): readonly BaseEntry[] {
  const bodies = openManyJson<PageBody>(pages.map((page) => ({ aad: pagePlace(page), sealed: page.sealed })))
  return bodies.flatMap((body, i) => body.map(([table, id, seq, row]) => ({ table, id, seq, n: pages[i]?.n ?? 0, row })))
}

/** Throws where a body was changed or moved. */
export function openRows(rows: readonly StoredRow[]): readonly BaseEntry[] {
  const bodies = openManyJson<RowBody>(rows.map((row) => ({ aad: rowPlace(row), sealed: row.sealed })))
  return bodies.map(([table, id, row], i) => ({ table, id, seq: rows[i]?.seq ?? 0, n: rows[i]?.n ?? 0, row }))
}
