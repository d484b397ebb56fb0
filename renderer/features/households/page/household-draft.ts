import type { Household } from '../../../../shared/domain/household/household.ts'
import { cleanLine } from '../../../commands/clean-text.ts'

/** A household's own data as a form holds it; quiet periods have a form of their own. */
export type HouseholdDraft = Omit<Household, 'id' | 'rev' | 'headPersonId' | 'leadCoverageId' | 'quietPeriods'>

export const draftOf = ({ id: _id, rev: _rev, headPersonId: _head, leadCoverageId: _lead, quietPeriods: _quiet, ...draft }: Household): HouseholdDraft => draft

export const newDraft: HouseholdDraft = {
  name: '',
  kind: 'family',
  relationship: 'prospect',
  tier: 'prospect',
  country: 'HU',
  city: '',
  language: 'hu',
  assetsMinor: 0,
  currency: 'EUR',
}

export type DraftProblem = { readonly field: 'name' | 'country' | 'currency'; readonly code: 'nameMissing' | 'country' | 'currency' }

export function findDraftProblems(draft: HouseholdDraft): readonly DraftProblem[] {
  return [
    ...(draft.name.trim() === '' ? [{ field: 'name', code: 'nameMissing' } as const] : []),
    ...(/^[A-Z]{2}$/.test(draft.country) ? [] : [{ field: 'country', code: 'country' } as const]),
    ...(/^[A-Z]{3}$/.test(draft.currency) ? [] : [{ field: 'currency', code: 'currency' } as const]),
  ]
}

/** As it is sent: names trimmed and in the one normal form that commands accept. */
export const cleanDraft = (draft: HouseholdDraft): HouseholdDraft => ({ ...draft, name: cleanLine(draft.name), city: cleanLine(draft.city) })
