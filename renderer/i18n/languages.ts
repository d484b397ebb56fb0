import type { Settings } from '../../shared/ipc/ipc-contract.ts'

export const languages = ['en', 'de', 'hu'] as const
export type Language = (typeof languages)[number]

/** What `Intl` formats by. English follows the firm's European habits: day before month, Monday first. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', hu: 'hu-HU' }

export const localeOf = (language: Language): string => LOCALES[language]

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text)

/** The language to show: the person's choice, otherwise the first of the system's languages that we have, otherwise English. */
export function resolveLanguage(choice: Settings['language'], systemLanguages: readonly string[]): Language {
  if (choice !== 'system') return choice
  return systemLanguages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'
}
