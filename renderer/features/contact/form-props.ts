import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import type { ContactForm } from './contact-form.ts'
import type { HouseholdFacts } from './use-household-facts.ts'

/** What every part of the form gets. */
export interface FormPartProps {
  readonly form: ContactForm
  readonly change: (next: (form: ContactForm) => ContactForm) => void
  readonly facts: HouseholdFacts | null
  readonly colleagues: { readonly byId: ReadonlyMap<string, Colleague>; readonly active: readonly Colleague[] }
  readonly selfId: string
  /** The text at a field, once the person has tried to save. */
  readonly problemAt: (field: string) => string | undefined
}
