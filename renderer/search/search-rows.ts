import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import type { RowOf } from '../../shared/domain/tables.ts'
import { foldText } from '../../shared/lib/fold-text.ts'
import type { PageReader } from '../db/page-reader.ts'
import type { Replica } from '../db/replica.ts'
import type { TextHit } from './entry-texts.ts'
import { foldedTextOf, type SearchedTable } from './folded-text.ts'

export interface SearchHit {
  readonly table: SearchedTable
  readonly id: string
  readonly householdId: string | null // where to go; null = a person whose households are all out of sight
  readonly title: string // '' of an outcome, which goes by its amount
  readonly amount: { readonly minor: number; readonly currency: string } | null // of an outcome
  readonly at: { readonly ms: number; readonly zone: string } | null // when the contact was; null for everything else
}

export interface SearchOptions {
  readonly limit: number // at most this many hits of each kind
}

/** The worker does not know which of its entries were changed since: so many more are asked for. */
const SLACK = 50
const CHUNK_ROWS = 500

/** Kinds that stay small enough to be looked through on the spot, in the order in which they are shown. */
const SMALL_TABLES = ['households', 'persons', 'accounts', 'followUps', 'outcomeClaims'] as const
type SmallTable = (typeof SMALL_TABLES)[number]

/**
 * Rows that contain every word of the query, in any order, accents and case aside. Names that begin with the query come
 * before the others; contact entries newest first, voided ones left out. Nothing for a blank query.
 */
export async function searchRows(replica: Replica, reader: Pick<PageReader, 'find'>, query: string, { limit }: SearchOptions): Promise<readonly SearchHit[]> {
  const folded = foldText(query)
  if (folded === '') return []
  const words = folded.split(' ')
  const asked = reader.find(words, limit + SLACK)
  const small = SMALL_TABLES.flatMap((table) => findSmall(replica, table, words, folded, limit)) // while the worker scans
  return [...small, ...findEntries(replica, words, await asked, limit)]
}

const hasAll = (text: string, words: readonly string[]): boolean => words.every((word) => text.includes(word))

function findSmall(replica: Replica, table: SmallTable, words: readonly string[], folded: string, limit: number): readonly SearchHit[] {
  const found: { readonly row: SmallRow; readonly text: string; readonly rank: number }[] = []
  for (const row of replica.list(table)) {
    const text = foldedTextOf(table, row)
    if (hasAll(text, words)) found.push({ row, text, rank: text.startsWith(folded) ? 0 : 1 })
  }
  found.sort((a, b) => a.rank - b.rank || (a.text < b.text ? -1 : 1))
  return found.slice(0, limit).map(({ row }) => ({ table, id: row.id, householdId: householdOf(replica, row), title: titleOf(row), amount: amountOf(row), at: null }))
}

type SmallRow = RowOf<SmallTable>

const titleOf = (row: SmallRow): string => ('name' in row ? row.name : 'title' in row ? row.title : '')
const amountOf = (row: SmallRow): SearchHit['amount'] => ('claimedMinor' in row ? { minor: row.claimedMinor, currency: row.currency } : null)

function householdOf(replica: Replica, row: SmallRow): string | null {
  if ('memberships' in row) return row.memberships.find((m) => replica.find('households', m.householdId))?.householdId ?? null
  return 'householdId' in row ? row.householdId : row.id
}

/** Entries changed on this laptop or since the pages were packed are looked through here; a packed one counts where it still stands. */
function findEntries(replica: Replica, words: readonly string[], packed: readonly TextHit[], limit: number): readonly SearchHit[] {
  const found: ContactEntry[] = []
  for (const { id, n } of packed) {
    if (found.length === limit) break // newest first: what follows would not be shown, and looking at it means parsing it
    const row = replica.findPacked(id, n)
    if (row) found.push(row)
  }
  for (const row of replica.listWholeEntries()) if (row.state !== 'voided' && hasAll(foldedTextOf('contactEntries', row), words)) found.push(row)
  return found
    .sort((a, b) => b.occurredAtMs - a.occurredAtMs)
    .slice(0, limit)
    .map((row) => ({ table: 'contactEntries', id: row.id, householdId: row.householdId, title: row.subject, amount: null, at: { ms: row.occurredAtMs, zone: row.zone } }))
}

/** Folds what is looked through on the spot ahead of the first search, in pieces between which the screen is free. */
export async function warmSearch(replica: Replica, breathe: () => Promise<void>): Promise<void> {
  for (const table of SMALL_TABLES) {
    for (const [i, row] of replica.list(table).entries()) {
      foldedTextOf(table, row)
      if (i % CHUNK_ROWS === CHUNK_ROWS - 1) await breathe()
    }
  }
}
