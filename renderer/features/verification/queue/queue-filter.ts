import type { AgeBand } from '../../../outcome/claim-age.ts'
import type { AmountBand, QueueRow } from './queue-rows.ts'

/** 'open' = claimed, pledged, proposed or returned; 'decided' = what a controller has settled. */
export type QueueState = 'open' | 'claimed' | 'pledged' | 'proposed' | 'returned' | 'decided'
export const queueStates: readonly QueueState[] = ['open', 'proposed', 'claimed', 'pledged', 'returned', 'decided']
export type QueueSort = 'age' | 'amount'

export interface QueueFilter {
  readonly state: QueueState
  readonly age: AgeBand | null // null = any
  readonly amount: AmountBand | null
  readonly isMineToSecond: boolean
  readonly text: string
  readonly sort: QueueSort
}
export const allOpen: QueueFilter = { state: 'open', age: null, amount: null, isMineToSecond: false, text: '', sort: 'age' }

function isInState(row: QueueRow, state: QueueState): boolean {
  const isOpen = row.isDecidable || row.state === 'returned'
  if (state === 'open') return isOpen
  return state === 'decided' ? !isOpen : row.state === state
}

/** How many rows each state chip would show, the other filters left aside. */
export function countByState(rows: readonly QueueRow[], states: readonly QueueState[]): ReadonlyMap<QueueState, number> {
  return new Map(states.map((state) => [state, rows.filter((row) => isInState(row, state)).length]))
}

/**
 * The rows to show, in order: oldest or largest first; what is decided, newest decision first.
 * @param fold makes texts comparable (lower case, no accents)
 */
export function filterQueue(rows: readonly QueueRow[], filter: QueueFilter, fold: (text: string) => string): readonly QueueRow[] {
  const words = fold(filter.text).split(' ').filter(Boolean)
  const matches = (row: QueueRow): boolean => {
    if (!isInState(row, filter.state) || (filter.isMineToSecond && !row.isMineToSecond)) return false
    if ((filter.age !== null && row.ageBand !== filter.age) || (filter.amount !== null && row.amountBand !== filter.amount)) return false
    const text = words.length > 0 ? fold(`${row.householdName} ${row.makerName}`) : ''
    return words.every((word) => text.includes(word))
  }
  return rows.filter(matches).sort((a, b) => compareRows(a, b, filter))
}

function compareRows(a: QueueRow, b: QueueRow, { state, sort }: QueueFilter): number {
  const byDecision = state === 'decided' ? (b.decidedAtMs ?? 0) - (a.decidedAtMs ?? 0) : 0
  const byAmount = b.weight - a.weight
  const byAge = b.ageDays - a.ageDays
  const byValue = sort === 'amount' ? byAmount || byAge : byDecision || byAge || byAmount
  return byValue || (a.claimId < b.claimId ? -1 : 1)
}
