import type { RowChange } from '../../shared/commands/define-command.ts'
import type { ContactEntry } from '../../shared/domain/contact/contact-entry.ts'
import { householdsOfRow, type TableName } from '../../shared/domain/tables.ts'
import { entryIdOf } from '../auth/entry-parts.ts'

/** Whom a commit concerns: who sees one of these households, or everyone. Devices of others are not woken by it (L9). */
export type Concerned = ReadonlySet<string> | 'everyone'

/** PostgreSQL carries up to 8,000 bytes. */
const MOST_HOUSEHOLDS = 150

/** Changes of these move what people see, or are everybody's. */
const EVERYONES: ReadonlySet<TableName> = new Set(['colleagues', 'teams', 'coverages', 'initiatives', 'feedFiles', 'accountActivities'])

/**
 * Whether somebody who sees the household may know nothing of a change: a confidential entry, what came of it, and what controllers have of a claim.
 * @param entryOf the entry that a follow-up or claim came from
 */
export function isKeptFromSome({ table, before, after }: RowChange, entryOf: (id: string) => ContactEntry | undefined): boolean {
  if (table === 'verificationCases') return true
  if (table === 'contactEntries') return [before, after].every((row) => row === null || (row as ContactEntry).isConfidential)
  const entryId = entryIdOf(table, after)
  return entryId !== null && (entryOf(entryId)?.isConfidential ?? true)
}

/**
 * A household in which nothing but kept changes were made is not named, everyone is woken: who was woken alone, and then found nothing, would know.
 * @param kept those of `changes` that are kept from some who see the household
 */
export function concernedBy(changes: readonly RowChange[], kept: ReadonlySet<RowChange> = new Set()): Concerned {
  const [named, hidden] = [new Set<string>(), new Set<string>()]
  for (const change of changes) {
    const { table, before, after } = change
    if (EVERYONES.has(table)) return 'everyone'
    const into = kept.has(change) ? hidden : named
    for (const row of before ? [before, after] : [after]) for (const id of householdsOfRow(table, row)) into.add(id)
  }
  return named.size > MOST_HOUSEHOLDS || [...hidden].some((id) => !named.has(id)) ? 'everyone' : named
}

/** What servers tell each other of a commit: `17` or `17 <household>,<household>`. */
export const headMessage = (seq: number, concerned: Concerned): string => (concerned === 'everyone' ? String(seq) : `${seq} ${[...concerned].join(',')}`)

export function parseHeadMessage(text: string): { readonly seq: number; readonly concerned: Concerned } {
  const [seq = '', ids] = text.split(' ')
  return { seq: Number(seq), concerned: ids === undefined ? 'everyone' : new Set(ids.split(',')) }
}
