import type { Language } from './languages.ts'
import { attention as attentionDe } from './locales/de/attention.ts'
import { common as commonDe } from './locales/de/common.ts'
import { contact as contactDe } from './locales/de/contact.ts'
import { errors as errorsDe } from './locales/de/errors.ts'
import { followUps as followUpsDe } from './locales/de/follow-ups.ts'
import { households as householdsDe } from './locales/de/households.ts'
import { initiatives as initiativesDe } from './locales/de/initiatives.ts'
import { session as sessionDe } from './locales/de/session.ts'
import { settings as settingsDe } from './locales/de/settings.ts'
import { today as todayDe } from './locales/de/today.ts'
import { verification as verificationDe } from './locales/de/verification.ts'
import { attention } from './locales/en/attention.ts'
import { common } from './locales/en/common.ts'
import { contact } from './locales/en/contact.ts'
import { errors } from './locales/en/errors.ts'
import { followUps } from './locales/en/follow-ups.ts'
import { households } from './locales/en/households.ts'
import { initiatives } from './locales/en/initiatives.ts'
import { session } from './locales/en/session.ts'
import { settings } from './locales/en/settings.ts'
import { today } from './locales/en/today.ts'
import { verification } from './locales/en/verification.ts'
import { attention as attentionHu } from './locales/hu/attention.ts'
import { common as commonHu } from './locales/hu/common.ts'
import { contact as contactHu } from './locales/hu/contact.ts'
import { errors as errorsHu } from './locales/hu/errors.ts'
import { followUps as followUpsHu } from './locales/hu/follow-ups.ts'
import { households as householdsHu } from './locales/hu/households.ts'
import { initiatives as initiativesHu } from './locales/hu/initiatives.ts'
import { session as sessionHu } from './locales/hu/session.ts'
import { settings as settingsHu } from './locales/hu/settings.ts'
import { today as todayHu } from './locales/hu/today.ts'
import { verification as verificationHu } from './locales/hu/verification.ts'
import type { Translation } from './translation.ts'

/** The originals: every key is typed from here. */
export const english = { common, errors, today, attention, settings, session, households, contact, followUps, verification, initiatives } as const

export type Namespace = keyof typeof english
export const namespaces = Object.keys(english) as readonly Namespace[]

export const resources: Readonly<Record<Language, Translation<typeof english>>> = {
  en: english,
  de: {
    common: commonDe,
    errors: errorsDe,
    today: todayDe,
    attention: attentionDe,
    settings: settingsDe,
    session: sessionDe,
    households: householdsDe,
    contact: contactDe,
    followUps: followUpsDe,
    verification: verificationDe,
    initiatives: initiativesDe,
  },
  hu: {
    common: commonHu,
    errors: errorsHu,
    today: todayHu,
    attention: attentionHu,
    settings: settingsHu,
    session: sessionHu,
    households: householdsHu,
    contact: contactHu,
    followUps: followUpsHu,
    verification: verificationHu,
    initiatives: initiativesHu,
  },
}
