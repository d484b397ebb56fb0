import type { Account } from '../../../shared/domain/account/account.ts'
import type { ContactStatement } from '../../../shared/domain/contact/contact-entry.ts'
import type { Household } from '../../../shared/domain/household/household.ts'
import { emptyOutcome, type OutcomeForm } from '../../outcome/outcome-form.ts'

export type Channel = ContactStatement['channel']
export type Direction = ContactStatement['direction']
export type Purpose = ContactStatement['purpose']

/** Order on the screen; the place in the list is the digit that chooses it (1 phone … 5 post). */
export const channels: readonly Channel[] = ['phone', 'inPerson', 'video', 'email', 'post']
export const purposes: readonly Purpose[] = ['review', 'proposal', 'service', 'onboarding', 'relationship', 'event', 'complaint', 'other']

export interface FollowUpForm {
  readonly id: string
  readonly title: string // '' = made from the subject
  readonly dueOn: string | null
  readonly remindAt: string | null // 'HH:MM' in the author's zone on the due day; null = no reminder
  readonly assigneeId: string
}

/** What a person has typed about one contact. Ids are made when the form is, so that saving twice is one entry. */
export interface ContactForm {
  readonly entryId: string
  readonly quickLine: string // what fills the fields, as typed
  readonly householdId: string | null
  readonly personIds: readonly string[]
  readonly colleagueIds: readonly string[]
  readonly channel: Channel
  readonly direction: Direction
  readonly whenText: string // as typed; '' = the moment of saving
  readonly lengthMinutes: number | null
  readonly place: string
  readonly isReached: boolean
  readonly purpose: Purpose
  readonly subject: string
  readonly isSubjectOwn: boolean // false = filled in by the app, so another purpose may replace it
  readonly note: string
  readonly isNoteOwn: boolean // likewise for the template
  readonly initiativeId: string | null
  readonly isConfidential: boolean
  readonly followUp: FollowUpForm | null
  readonly outcomes: readonly OutcomeForm[]
  readonly limitReason: string // why one more contact although the maximum is reached; goes before the note
}

export function emptyForm(entryId: string, selfId: string): ContactForm {
  return {
    entryId,
    quickLine: '',
    householdId: null,
    personIds: [],
    colleagueIds: [selfId],
    channel: 'phone',
    direction: 'outbound',
    whenText: '',
    lengthMinutes: 15,
    place: '',
    isReached: true,
    purpose: 'relationship',
    subject: '',
    isSubjectOwn: false,
    note: '',
    isNoteOwn: false,
    initiativeId: null,
    isConfidential: false,
    followUp: null,
    outcomes: [],
    limitReason: '',
  }
}

/** Another household: its head attends, outcomes lose the accounts of the one before and take the only one that fits. */
export function chooseHousehold(
  form: ContactForm,
  household: Pick<Household, 'id' | 'headPersonId' | 'currency'>,
  accounts: readonly Pick<Account, 'id' | 'currency'>[] = [],
): ContactForm {
  if (form.householdId === household.id) return form
  const currencyOf = (o: OutcomeForm) => (o.amountMinor === null ? household.currency : o.currency)
  return {
    ...form,
    householdId: household.id,
    personIds: household.headPersonId === null ? [] : [household.headPersonId],
    outcomes: form.outcomes.map((o) => ({ ...o, currency: currencyOf(o), accountId: o.kind === 'mandate' ? null : onlyAccountIn(currencyOf(o), accounts) })),
  }
}

/** The account that money in a currency can only mean; null = several, or none. */
export function onlyAccountIn(currency: string, accounts: readonly Pick<Account, 'id' | 'currency'>[]): string | null {
  const [first, ...others] = accounts.filter((a) => a.currency === currency)
  return others.length === 0 ? (first?.id ?? null) : null
}

/** Subject and template of a purpose replace what the app filled in before, never what the person wrote. */
export function choosePurpose(form: ContactForm, purpose: Purpose, texts: { readonly subject: string; readonly template: string }): ContactForm {
  return {
    ...form,
    purpose,
    subject: form.isSubjectOwn && form.subject.trim() !== '' ? form.subject : texts.subject,
    isSubjectOwn: form.isSubjectOwn && form.subject.trim() !== '',
    note: form.isNoteOwn && form.note.trim() !== '' ? form.note : texts.template,
    isNoteOwn: form.isNoteOwn && form.note.trim() !== '',
  }
}

/** A further outcome. */
export const addOutcome = (form: ContactForm, id: string, creditedId: string, currency: string, accounts: readonly Pick<Account, 'id' | 'currency'>[]): ContactForm => ({
  ...form,
  outcomes: [...form.outcomes, emptyOutcome(id, creditedId, currency, accounts)],
})

export const changeOutcome = (form: ContactForm, id: string, change: Partial<OutcomeForm>): ContactForm => ({
  ...form,
  outcomes: form.outcomes.map((o) => (o.id === id ? { ...o, ...change } : o)),
})

/** Whether leaving would lose anything that a person typed or chose; `fresh` is the form as it opens. */
export function isWorthKeeping(form: ContactForm, fresh: ContactForm): boolean {
  return JSON.stringify({ ...form, entryId: '' }) !== JSON.stringify({ ...fresh, entryId: '' })
}
