import type { CommandArgs } from '../../../shared/commands/registry.ts'
import type { Initiative } from '../../../shared/domain/initiative/initiative.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { cleanLine } from '../../commands/clean-text.ts'

export const initiativeKinds: readonly Initiative['kind'][] = ['sponsorship', 'event', 'promotion']

/** What a person has typed about an initiative. */
export interface InitiativeDraft {
  readonly name: string
  readonly kind: Initiative['kind']
  readonly fromOn: LocalDate | null
  readonly toOn: LocalDate | null // null = it lasts one day
  readonly place: string
  readonly budgetMinor: number | null // null = none yet
  readonly currency: string
  readonly ownerId: string
}

export const emptyDraft = (ownerId: string): InitiativeDraft => ({ name: '', kind: 'event', fromOn: null, toOn: null, place: '', budgetMinor: null, currency: 'EUR', ownerId })

/** What stands in the way of saving; the text is `initiatives.problem.<code>`. */
export interface DraftProblem {
  readonly field: 'name' | 'fromOn' | 'toOn'
  readonly code: 'nameMissing' | 'fromMissing' | 'endsBefore'
}

export function findDraftProblems(draft: InitiativeDraft): readonly DraftProblem[] {
  const { fromOn, toOn } = draft
  return [
    ...(cleanLine(draft.name) === '' ? [{ field: 'name', code: 'nameMissing' } as const] : []),
    ...(fromOn === null ? [{ field: 'fromOn', code: 'fromMissing' } as const] : []),
    ...(fromOn !== null && toOn !== null && toOn < fromOn ? [{ field: 'toOn', code: 'endsBefore' } as const] : []),
  ]
}

/** The arguments of 'initiative/add', or null while something stands in the way. */
export function addInitiativeArgs(id: string, draft: InitiativeDraft): CommandArgs<'initiative/add'> | null {
  const { kind, fromOn, toOn, currency, ownerId } = draft
  if (fromOn === null || findDraftProblems(draft).length > 0) return null
  return { id, name: cleanLine(draft.name), kind, fromOn, toOn: toOn ?? fromOn, place: cleanLine(draft.place), budgetMinor: draft.budgetMinor ?? 0, currency, ownerId }
}
