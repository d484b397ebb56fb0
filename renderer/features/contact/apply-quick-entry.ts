import type { Account } from '../../../shared/domain/account/account.ts'
import type { QuickEntry } from '../../../shared/domain/contact/quick-entry.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import { addOutcome, type ContactForm, changeOutcome, chooseHousehold, onlyAccountIn } from './contact-form.ts'

export interface QuickTarget {
  readonly household: Pick<Household, 'id' | 'headPersonId' | 'currency'> | undefined // the one that the line names, or the chosen one
  readonly accounts: readonly Pick<Account, 'id' | 'currency'>[] // its open ones
  readonly selfId: string // for whom the follow-up is
  readonly creditedId: string // who gets the credit at first
  readonly newId: () => string
}

/** Which fields a line has filled, in the order of the screen; keys of `contact.field` and its neighbours. */
export type FilledField = 'household' | 'channel' | 'direction' | 'length' | 'reached' | 'outcome' | 'followUp'

export const filledFields = (entry: QuickEntry): readonly FilledField[] => [
  ...(entry.householdId === undefined ? [] : (['household'] as const)),
  ...(entry.channel === undefined ? [] : (['channel'] as const)),
  ...(entry.direction === undefined ? [] : (['direction'] as const)),
  ...(entry.lengthMinutes === undefined ? [] : (['length'] as const)),
  ...(entry.isReached === undefined ? [] : (['reached'] as const)),
  ...(entry.outcome === undefined ? [] : (['outcome'] as const)),
  ...(entry.followUpOn === undefined ? [] : (['followUp'] as const)),
]

/** Whether the person has to say which household is meant; `chosen` is the one that the form has. */
export const isHouseholdUnclear = (entry: QuickEntry, chosen: { readonly folded: string } | undefined): boolean =>
  chosen === undefined || (entry.householdWords?.split(' ').some((word) => !chosen.folded.includes(word)) ?? false)

function withOutcome(form: ContactForm, entry: QuickEntry, target: QuickTarget): ContactForm {
  if (!entry.outcome) return form
  const { kind, amountMinor, currency, expectedOn } = entry.outcome
  const known = form.outcomes.find((o) => o.kind === kind)
  const id = known?.id ?? target.newId()
  const added = known ? form : addOutcome(form, id, target.creditedId, currency, target.accounts)
  const accountId = kind === 'mandate' ? null : onlyAccountIn(currency, target.accounts)
  return changeOutcome(added, id, { kind, amountMinor, currency, accountId, ...(expectedOn === undefined ? {} : { expectedOn }) })
}

/** Fills the fields that the line names and leaves all others; a second line corrects the first. */
export function applyQuickEntry(form: ContactForm, entry: QuickEntry, target: QuickTarget): ContactForm {
  const chosen = target.household ? chooseHousehold(form, target.household) : form
  const filled: ContactForm = {
    ...chosen,
    channel: entry.channel ?? chosen.channel,
    direction: entry.direction ?? chosen.direction,
    lengthMinutes: entry.lengthMinutes ?? chosen.lengthMinutes,
    isReached: entry.isReached ?? chosen.isReached,
  }
  const promised = withOutcome(filled, entry, target)
  if (entry.followUpOn === undefined) return promised
  const followUp = promised.followUp ?? { id: target.newId(), title: '', dueOn: null, remindAt: '09:00', assigneeId: target.selfId }
  return { ...promised, followUp: { ...followUp, dueOn: entry.followUpOn } }
}
