import type { Cadence, CadenceState } from '../../../shared/domain/cadence/cadence.ts'
import { isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import type { CadenceOf } from '../../cadence/household-cadence.ts'
import type { ReplicaView } from '../../db/replica-view.ts'

export interface ContactRow {
  readonly household: Household
  readonly cadence: Cadence
}
export type ContactFilter = 'all' | 'overdue' | 'due' | 'limit'

/** What is urgent first; the states that ask for nothing are not listed. */
const ORDER: readonly CadenceState[] = ['overdue', 'due', 'overLimit', 'nearLimit']

/** Households that the person leads today. */
export function bookOf(view: ReplicaView, selfId: string, todayOn: LocalDate): readonly Household[] {
  const ids = new Set(
    view
      .list('coverages')
      .filter((c) => c.colleagueId === selfId && c.role === 'lead' && isCoverageActive(c, todayOn))
      .map((c) => c.householdId),
  )
  return view.list('households').filter((h) => ids.has(h.id))
}

/** Households of a book that are overdue, due, or at or near their limit: the longest waiting first. */
export function listContacts(view: ReplicaView, book: readonly Household[], todayOn: LocalDate, cadenceOf: CadenceOf): readonly ContactRow[] {
  return book
    .map((household) => ({ household, cadence: cadenceOf(household, view.listEntryFactsOf(household.id), todayOn) }))
    .filter(({ cadence }) => ORDER.includes(cadence.state))
    .sort((a, b) => ORDER.indexOf(a.cadence.state) - ORDER.indexOf(b.cadence.state) || (a.cadence.dueOn < b.cadence.dueOn ? -1 : 1))
}

const isIn: Readonly<Record<ContactFilter, (state: CadenceState) => boolean>> = {
  all: () => true,
  overdue: (state) => state === 'overdue',
  due: (state) => state === 'due',
  limit: (state) => state === 'nearLimit' || state === 'overLimit',
}

export const filterContacts = (rows: readonly ContactRow[], filter: ContactFilter): readonly ContactRow[] => rows.filter((row) => isIn[filter](row.cadence.state))
