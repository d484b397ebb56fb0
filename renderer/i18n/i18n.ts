import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from './languages.ts'
import { namespaces, resources } from './resources.ts'

/** The one translator of the window. All texts are bundled: nothing is loaded, so it is ready at once. */
export const i18n = createInstance()

export function startI18n(language: Language): void {
  void i18n.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'en',
    ns: [...namespaces],
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
    returnNull: false,
    returnEmptyString: true,
  })
  document.documentElement.lang = language
}

export function changeLanguage(language: Language): void {
  void i18n.changeLanguage(language)
  document.documentElement.lang = language
}
