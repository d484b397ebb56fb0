import type { Account } from '../../../shared/domain/account/account.ts'
import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import type { Person } from '../../../shared/domain/person/person.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'

export interface HouseholdOption {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly folded: string // name, members and IBANs, as search compares them
}

/** Every household with what it may be found by, in the order of names. */
export function listOptions(
  households: readonly Household[],
  personsOf: (householdId: string) => readonly Pick<Person, 'name'>[],
  accountsOf: (householdId: string) => readonly Pick<Account, 'iban'>[],
): readonly HouseholdOption[] {
  const collator = new Intl.Collator()
  const options = households.map(({ id, name, city }) => {
    const members = personsOf(id).map((p) => p.name)
    const ibans = accountsOf(id).map((a) => a.iban ?? '')
    return { id, name, members, folded: foldText([name, ...members, city, ...ibans].join(' ')) }
  })
  return options.sort((a, b) => collator.compare(a.name, b.name))
}

/** How soon a household is likely to be meant: 0 at once. */
export interface Likelihood {
  readonly lastEntryAtMs: number // my newest entry; 0 = none
  readonly state: Cadence['state']
}

const DUE_ORDER: readonly Cadence['state'][] = ['overdue', 'due']

function compareLikelihood(a: Likelihood, b: Likelihood): number {
  const due = (l: Likelihood) => (DUE_ORDER.includes(l.state) ? DUE_ORDER.indexOf(l.state) : DUE_ORDER.length)
  return b.lastEntryAtMs - a.lastEntryAtMs || due(a) - due(b)
}

/** Beginning of the name first, then of any word, then anywhere. Null = does not match. */
function matchRank(option: HouseholdOption, words: readonly string[]): number | null {
  if (!words.every((w) => option.folded.includes(w))) return null
  const [first = ''] = words
  if (option.folded.startsWith(first)) return 0
  return option.folded.includes(` ${first}`) ? 1 : 2
}

/**
 * The options for what is typed, at most `limit`, the likeliest first. IBANs match with or without spaces.
 * With nothing typed: those of my newest entries, then overdue, then due ones.
 */
export function filterOptions(options: readonly HouseholdOption[], query: string, likelihoodOf: (id: string) => Likelihood, limit = 30): readonly HouseholdOption[] {
  const folded = foldText(query)
  const words = /^[a-z]{2}\d{2}[\d a-z]*$/.test(folded) ? [folded.replaceAll(' ', '')] : folded.split(' ').filter(Boolean)
  const ranked = options.flatMap((option) => {
    const rank = matchRank(option, words)
    return rank === null ? [] : [{ option, rank, likelihood: likelihoodOf(option.id) }]
  })
  ranked.sort((a, b) => a.rank - b.rank || compareLikelihood(a.likelihood, b.likelihood))
  return ranked.slice(0, limit).map((r) => r.option)
}
