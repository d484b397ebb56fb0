import type { Cadence } from '../../../shared/domain/cadence/cadence.ts'
import { quietPeriodOn } from '../../../shared/domain/contact/contact-rules.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import { NEAR_LIMIT_SHARE } from '../../../shared/domain/policy/default-policy.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import type { ContactForm } from './contact-form.ts'

/** What a contact that we begin meets. Answering a client meets nothing. */
export type CadenceWarning =
  | { readonly kind: 'near'; readonly count: number; readonly max: number } // this contact included
  | { readonly kind: 'over'; readonly count: number; readonly max: number } // without this contact
  | { readonly kind: 'nearCalls'; readonly count: number; readonly max: number } // this call included
  | { readonly kind: 'overCalls'; readonly count: number; readonly max: number }
  | { readonly kind: 'overAttempts' } // too many unanswered attempts in a row
  | { readonly kind: 'quiet'; readonly untilOn: LocalDate | null } // null = until lifted

export function findCadenceWarning(
  form: Pick<ContactForm, 'direction' | 'channel'>,
  household: Pick<Household, 'quietPeriods'>,
  cadence: Cadence,
  contactOn: LocalDate,
): CadenceWarning | null {
  if (form.direction === 'inbound') return null
  const quiet = quietPeriodOn(household, contactOn)
  if (quiet) return { kind: 'quiet', untilOn: quiet.toOn }
  const { burden30, maxIn30, calls7, maxCalls7 } = cadence
  if (burden30 >= maxIn30) return { kind: 'over', count: burden30, max: maxIn30 }
  if (form.channel === 'phone' && calls7 >= maxCalls7) return { kind: 'overCalls', count: calls7, max: maxCalls7 }
  if (cadence.state === 'overLimit') return { kind: 'overAttempts' }
  if (burden30 + 1 >= NEAR_LIMIT_SHARE * maxIn30) return { kind: 'near', count: burden30 + 1, max: maxIn30 }
  const isLastCall = form.channel === 'phone' && calls7 > 0 && calls7 + 1 >= NEAR_LIMIT_SHARE * maxCalls7 // the first call of a week is never one too many
  return isLastCall ? { kind: 'nearCalls', count: calls7 + 1, max: maxCalls7 } : null
}

/** A reason is asked where a maximum is reached; a quiet period admits none. */
export const isReasonNeeded = (warning: CadenceWarning | null): boolean => warning?.kind.startsWith('over') ?? false
