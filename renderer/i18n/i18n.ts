import { createInstance, type FormatterModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { isLanguage, type Language, localeOf } from './languages.ts'
import { namespaces, resources } from './resources.ts'

/** The one translator of the window. All texts are bundled: nothing is loaded, so it is ready at once. */
export const i18n = createInstance()

const numbers = new Map<string, Intl.NumberFormat>()

/** Whatever number stands in a text is written as its language writes numbers. */
const figures: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language) => {
    if (typeof value !== 'number' || language === undefined || !isLanguage(language)) return value as string
    const known = numbers.get(language) ?? new Intl.NumberFormat(localeOf(language))
    numbers.set(language, known)
    return known.format(value)
  },
}

export function startI18n(language: Language): void {
  void i18n
    .use(initReactI18next)
    .use(figures)
    .init({
      resources,
      lng: language,
      fallbackLng: 'en',
      ns: [...namespaces],
      defaultNS: 'common',
      initAsync: false,
      interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes
      returnNull: false,
      returnEmptyString: true,
    })
  document.documentElement.lang = language
}

export function changeLanguage(language: Language): void {
  void i18n.changeLanguage(language)
  document.documentElement.lang = language
}
