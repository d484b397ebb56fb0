import type { ContactEntry } from '../../../shared/domain/contact/contact-entry.ts'
import type { Initiative } from '../../../shared/domain/initiative/initiative.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'

export type InitiativePhase = 'running' | 'upcoming' | 'over'
export type InitiativeFilter = 'current' | 'over' | 'all'

export interface InitiativeRow {
  readonly id: string
  readonly initiative: Initiative
  readonly phase: InitiativePhase
  readonly entryCount: number // of the entries that this person sees; voided ones do not count
}

export function phaseOf({ fromOn, toOn }: Pick<Initiative, 'fromOn' | 'toOn'>, todayOn: LocalDate): InitiativePhase {
  if (todayOn < fromOn) return 'upcoming'
  return todayOn > toOn ? 'over' : 'running'
}

/** What runs first, then what comes next, then what is over, the latest first. */
function compare(a: InitiativeRow, b: InitiativeRow): number {
  const order = { running: 0, upcoming: 1, over: 2 } as const
  if (a.phase !== b.phase) return order[a.phase] - order[b.phase]
  const byDay = a.initiative.fromOn.localeCompare(b.initiative.fromOn)
  return (a.phase === 'over' ? -byDay : byDay) || a.initiative.name.localeCompare(b.initiative.name)
}

export function buildInitiativeRows(
  initiatives: readonly Initiative[],
  entries: readonly Pick<ContactEntry, 'initiativeId' | 'state'>[],
  todayOn: LocalDate,
): readonly InitiativeRow[] {
  const counts = new Map<string, number>()
  for (const { initiativeId, state } of entries) if (initiativeId !== null && state === 'active') counts.set(initiativeId, (counts.get(initiativeId) ?? 0) + 1)
  return initiatives.map((initiative) => ({ id: initiative.id, initiative, phase: phaseOf(initiative, todayOn), entryCount: counts.get(initiative.id) ?? 0 })).sort(compare)
}

export const isShown = (row: InitiativeRow, filter: InitiativeFilter): boolean => filter === 'all' || (filter === 'over') === (row.phase === 'over')
