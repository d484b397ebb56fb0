import { Notification } from 'electron'
import type { Reminder } from '../../shared/ipc/ipc-contract.ts'

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

export const noticeOf = ({ followUpId, title, body }: Reminder): Notice => ({ id: followUpId, title, body })
