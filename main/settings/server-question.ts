import type { Texts } from '../i18n/texts.ts'
import type { Question } from '../windows/ask-person.ts'

/** Names the host alone: an address may hide it. */
export const serverQuestion = (texts: Texts, url: string): Question => ({
  title: texts.serverTitle,
  message: texts.serverQuestion.replace('{host}', () => new URL(url.trim()).host),
  detail: texts.serverDetail,
  goOn: texts.serverConnect,
  stay: texts.serverKeep,
})
