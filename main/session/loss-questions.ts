import { type Texts, writeCount } from '../i18n/texts.ts'
import type { Question } from '../windows/ask-person.ts'

/** @param count changes that are unsent or refused, from 1 */
export const discardQuestion = (texts: Texts, count: number): Question => ({
  title: texts.discardTitle,
  message: count === 1 ? texts.discardOne : writeCount(texts, texts.discardMany, count),
  detail: texts.discardDetail,
  goOn: texts.discardSignOut,
  stay: texts.cancel,
})

/** @param fingerprint as the page says that it was typed; of a key that is not the offered one nothing comes */
export const keyQuestion = (texts: Texts, fingerprint: string): Question => ({
  title: texts.keyTitle,
  message: texts.keyQuestion.replace('{fingerprint}', fingerprint.replaceAll(/[^0-9a-f ]/gi, '')),
  detail: texts.keyDetail,
  goOn: texts.keySeal,
  stay: texts.cancel,
})

/** @param name as the device itself gave it, or its id: shown on one line and never the other way round */
export const revokeQuestion = (texts: Texts, name: string): Question => ({
  title: texts.revokeTitle,
  message: texts.revokeQuestion.replace('{name}', () => name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100)),
  detail: texts.revokeDetail,
  goOn: texts.revokeNow,
  stay: texts.cancel,
})
