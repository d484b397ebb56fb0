import type { TFunction } from 'i18next'
import type { Purpose } from './contact-form.ts'

/** What a purpose fills in: a subject and, where the firm asks for certain points, a template of the note. */
export const purposeTexts = (purpose: Purpose, t: TFunction<'contact'>): { readonly subject: string; readonly template: string } => ({
  subject: t(`subject.${purpose}`),
  template: purpose === 'relationship' || purpose === 'other' ? '' : t(`template.${purpose}`),
})
