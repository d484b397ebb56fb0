import type { CadenceState } from '../../../shared/domain/cadence/cadence.ts'
import type { Household, Tier } from '../../../shared/domain/household/household.ts'
import { secondControllerAboveMinor } from '../../../shared/domain/policy/default-policy.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'
import type { HouseholdRow } from './household-rows.ts'

export type HouseholdSort = 'due' | 'name' | 'lastTouch' | 'assets' | 'tier'
export type StateFilter = 'all' | 'overdue' | 'due' | 'limit' | 'quiet'

export interface HouseholdFilter {
  readonly query: string
  readonly scope: 'mine' | 'team' | 'all'
  readonly state: StateFilter
  readonly tier: Tier | null // null = any
  readonly relationship: Household['relationship'] | null
  readonly sort: HouseholdSort
}

export const stateFilters: readonly StateFilter[] = ['all', 'overdue', 'due', 'limit', 'quiet']
export const householdSorts: readonly HouseholdSort[] = ['due', 'name', 'lastTouch', 'assets', 'tier']

const STATES: Readonly<Record<Exclude<StateFilter, 'all'>, readonly CadenceState[]>> = { overdue: ['overdue'], due: ['due'], limit: ['nearLimit', 'overLimit'], quiet: ['quiet'] }
const URGENCY: readonly CadenceState[] = ['overdue', 'due', 'overLimit', 'nearLimit', 'onTrack', 'quiet']
const TIERS: readonly Tier[] = ['A', 'B', 'C', 'corporate', 'prospect']

/** An IBAN may be typed in groups of four. */
const searchWords = (query: string): readonly string[] => {
  const folded = foldText(query)
  return /^[a-z]{2}\d{2}[\d a-z]*$/.test(folded) ? [folded.replaceAll(' ', '')] : folded.split(' ').filter(Boolean)
}

function isInScope(row: HouseholdRow, scope: HouseholdFilter['scope']): boolean {
  if (scope === 'all') return true
  return scope === 'mine' ? row.isMine : row.isTeams || row.isMine
}

const isInState = (row: HouseholdRow, state: StateFilter): boolean => state === 'all' || (row.cadence !== null && STATES[state].includes(row.cadence.state))

const urgencyOf = (row: HouseholdRow): number => (row.cadence === null ? URGENCY.length : URGENCY.indexOf(row.cadence.state))
const collator = new Intl.Collator()
const byName = (a: HouseholdRow, b: HouseholdRow): number => collator.compare(a.household.name, b.household.name)

/** As a share of what one controller decides alone, which the policy states for each currency: makes forints and euros comparable. */
const assetsOf = ({ household: { assetsMinor, currency } }: HouseholdRow): number => assetsMinor / secondControllerAboveMinor(currency)

const compare: Readonly<Record<HouseholdSort, (a: HouseholdRow, b: HouseholdRow) => number>> = {
  name: byName,
  due: (a, b) => urgencyOf(a) - urgencyOf(b) || (a.cadence?.dueOn ?? '').localeCompare(b.cadence?.dueOn ?? '') || byName(a, b),
  lastTouch: (a, b) => (b.cadence?.lastTouchOn ?? '').localeCompare(a.cadence?.lastTouchOn ?? '') || byName(a, b),
  assets: (a, b) => assetsOf(b) - assetsOf(a) || byName(a, b),
  tier: (a, b) => TIERS.indexOf(a.household.tier) - TIERS.indexOf(b.household.tier) || byName(a, b),
}

export interface FilteredHouseholds {
  readonly rows: readonly HouseholdRow[] // in order
  readonly counts: Readonly<Record<StateFilter, number>> // by state, after all other filters
}

export function filterHouseholds(rows: readonly HouseholdRow[], filter: HouseholdFilter): FilteredHouseholds {
  const words = searchWords(filter.query)
  const { tier, relationship, scope } = filter
  const others = rows.filter(
    (row) =>
      isInScope(row, scope) &&
      (tier === null || row.household.tier === tier) &&
      (relationship === null || row.household.relationship === relationship) &&
      words.every((w) => row.folded.includes(w)),
  )
  const counts = Object.fromEntries(stateFilters.map((state) => [state, others.filter((row) => isInState(row, state)).length])) as Record<StateFilter, number>
  return { rows: others.filter((row) => isInState(row, filter.state)).toSorted(compare[filter.sort]), counts }
}
