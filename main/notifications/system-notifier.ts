import { Notification } from 'electron'
import type { Reminder } from '../../shared/ipc/ipc-contract.ts'
import type { Texts } from '../i18n/texts.ts'

export interface Notice {
  readonly id: string
  readonly title: string
  readonly body: string
}
export type Notify = (notice: Notice, onClick: () => void) => void

/** What is on the screen is kept here: a notification that nothing refers to loses its click. */
const shown = new Map<string, Notification>()

export function notifyBySystem({ id, title, body }: Notice, onClick: () => void): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  shown.set(id, notification)
  notification.on('click', onClick)
  notification.on('close', () => shown.delete(id))
  notification.show()
}

/** For end-to-end tests: notices are listed in a global, and clicked by id. */
export function notifyTests(): Notify {
  const clicks = new Map<string, () => void>()
  const notices: Notice[] = []
  Object.assign(globalThis, { __rapportNotifications: notices, __rapportClickNotification: (id: string) => clicks.get(id)?.() })
  return (notice, onClick) => {
    notices.push(notice)
    clicks.set(notice.id, onClick)
  }
}

/** A notification stands above other windows and on the system's lock screen: it names nobody unless the person wants it to. */
export const noticeOf = ({ followUpId, title, body }: Reminder, texts: Pick<Texts, 'reminderTitle' | 'reminderBody'>, hasNames: boolean): Notice =>
  hasNames ? { id: followUpId, title, body } : { id: followUpId, title: texts.reminderTitle, body: texts.reminderBody }
