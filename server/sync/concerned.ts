import type { RowChange } from '../../shared/commands/define-command.ts'
import { householdsOfRow, type TableName } from '../../shared/domain/tables.ts'

/** Whom a commit concerns: who sees one of these households, or everyone. Devices of others are not woken by it (L9). */
export type Concerned = ReadonlySet<string> | 'everyone'

/** PostgreSQL carries up to 8,000 bytes. */
const MOST_HOUSEHOLDS = 150

/** Changes of these move what people see, or are everybody's. */
const EVERYONES: ReadonlySet<TableName> = new Set(['colleagues', 'teams', 'coverages', 'initiatives', 'feedFiles', 'accountActivities'])

export function concernedBy(changes: readonly RowChange[]): Concerned {
  const households = new Set<string>()
  for (const { table, before, after } of changes) {
    if (EVERYONES.has(table)) return 'everyone'
    for (const row of before ? [before, after] : [after]) for (const id of householdsOfRow(table, row)) households.add(id)
  }
  return households.size > MOST_HOUSEHOLDS ? 'everyone' : households
}

/** What servers tell each other of a commit: `17` or `17 <household>,<household>`. */
export const headMessage = (seq: number, concerned: Concerned): string => (concerned === 'everyone' ? String(seq) : `${seq} ${[...concerned].join(',')}`)

export function parseHeadMessage(text: string): { readonly seq: number; readonly concerned: Concerned } {
  const [seq = '', ids] = text.split(' ')
  return { seq: Number(seq), concerned: ids === undefined ? 'everyone' : new Set(ids.split(',')) }
}
