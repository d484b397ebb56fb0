import type { RowOf } from '../../shared/domain/tables.ts'
import { foldText } from '../../shared/lib/fold-text.ts'
import type { ReplicaView } from '../db/replica-view.ts'
import { foldedTextOf, type SearchedTable } from './folded-text.ts'

/** Plain data, so that the search could run in a worker as well. */
export interface SearchHit {
  readonly table: SearchedTable
  readonly id: string
  readonly householdId: string | null // where to go; null = a person whose households are all out of sight
  readonly title: string
  readonly atMs: number | null // when the contact was; null for everything else
}

export interface SearchOptions {
  readonly limit: number // at most this many hits
}

/** Names take at most this share, so that they never push every entry out. */
const NAMES_SHARE = 0.5

/**
 * Rows that contain every word of the query, in any order, accents and case aside. Households, persons and accounts come
 * first, those that begin with the query before the others; then contact entries, newest first. Voided ones are left out.
 */
export function searchRows(view: ReplicaView, query: string, { limit }: SearchOptions): readonly SearchHit[] {
  const folded = foldText(query)
  if (folded === '') return []
  const words = folded.split(' ')
  const names = [...findNames(view, 'households', words), ...findNames(view, 'persons', words), ...findNames(view, 'accounts', words)]
  const ranked = names.sort((a, b) => Number(!foldText(a.title).startsWith(folded)) - Number(!foldText(b.title).startsWith(folded)))
  const entries = findEntries(view, words, limit)
  const nameCount = Math.max(Math.ceil(limit * NAMES_SHARE), limit - entries.length)
  return [...ranked.slice(0, nameCount), ...entries].slice(0, limit)
}

const hasAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))

function findNames(view: ReplicaView, table: 'households' | 'persons' | 'accounts', words: readonly string[]): readonly SearchHit[] {
  const hits: SearchHit[] = []
  for (const row of view.list(table)) {
    if (!hasAll(foldedTextOf(table, row), words)) continue
    hits.push({ table, id: row.id, householdId: householdOf(view, row), title: row.name, atMs: null })
  }
  return hits
}

function householdOf(view: ReplicaView, row: RowOf<'households'> | RowOf<'persons'> | RowOf<'accounts'>): string | null {
  if ('memberships' in row) return row.memberships.find((m) => view.find('households', m.householdId))?.householdId ?? null
  return 'householdId' in row ? row.householdId : row.id
}

function findEntries(view: ReplicaView, words: readonly string[], limit: number): readonly SearchHit[] {
  const hits: SearchHit[] = []
  for (const row of newestFirst(view.list('contactEntries'))) {
    if (hits.length >= limit) break
    if (row.state === 'voided' || !hasAll(foldedTextOf('contactEntries', row), words)) continue
    hits.push({ table: 'contactEntries', id: row.id, householdId: row.householdId, title: row.subject, atMs: row.occurredAtMs })
  }
  return hits
}

const sortedLists = new WeakMap<readonly RowOf<'contactEntries'>[], readonly RowOf<'contactEntries'>[]>()

/** Sorted once for each state of the table. */
function newestFirst(entries: readonly RowOf<'contactEntries'>[]): readonly RowOf<'contactEntries'>[] {
  const known = sortedLists.get(entries)
  if (known) return known
  const sorted = [...entries].sort((a, b) => b.occurredAtMs - a.occurredAtMs)
  sortedLists.set(entries, sorted)
  return sorted
}
