import { type BrowserWindow, dialog } from 'electron'
import type { Texts } from '../i18n/texts.ts'

/** In the system's own dialog, which the page can neither see nor click. Names the host alone: an address may hide it. */
export async function askForServer(window: BrowserWindow | undefined, texts: Texts, url: string): Promise<boolean> {
  const message = texts.serverQuestion.replace('{host}', () => new URL(url.trim()).host)
  const options = {
    type: 'warning' as const,
    title: texts.serverTitle,
    message,
    detail: texts.serverDetail,
    buttons: [texts.serverConnect, texts.serverKeep],
    defaultId: 1,
    cancelId: 1,
  }
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return response === 0
}
