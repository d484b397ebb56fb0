import type { Household } from '../../../shared/domain/household/household.ts'
import type { Person } from '../../../shared/domain/person/person.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'

const MOST = 8

/** Rows whose name has every typed word, those that begin with what was typed first. */
function findNamed<T extends { readonly name: string }>(rows: readonly T[], folded: string): readonly T[] {
  const words = folded.split(' ')
  const hits = rows.filter((row) => {
    const name = foldText(row.name)
    return words.every((word) => name.includes(word))
  })
  const rank = (row: T) => (foldText(row.name).startsWith(folded) ? 0 : 1)
  return hits.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)).slice(0, MOST)
}

/** Households and people by name; nothing for fewer than two letters. */
export function findRecords(
  query: string,
  households: readonly Household[],
  persons: readonly Person[],
): { readonly households: readonly Household[]; readonly persons: readonly Person[] } {
  const folded = foldText(query)
  if (folded.length < 2) return { households: [], persons: [] }
  return { households: findNamed(households, folded), persons: findNamed(persons, folded) }
}
