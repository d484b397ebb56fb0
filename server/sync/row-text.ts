import type { RowChange } from '../../shared/commands/define-command.ts'
import type { AnyRow } from '../../shared/domain/tables.ts'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'

const texts = new WeakMap<AnyRow, string>()

/** A row as canonical JSON. Made once: it goes to its table and, with the change that made it, to the trail. */
export function rowText(row: AnyRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const text = canonicalJson(row)
  texts.set(row, text)
  return text
}

/** Changes as canonical JSON. */
export const changesText = (changes: readonly RowChange[]): string =>
  `[${changes.map(({ table, before, after }) => `{"after":${rowText(after)},"before":${before ? rowText(before) : 'null'},"table":"${table}"}`).join(',')}]`
