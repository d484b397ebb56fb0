import { type BrowserWindow, dialog } from 'electron'

export interface Question {
  readonly title: string
  readonly message: string
  readonly detail: string // what follows from going on
  readonly goOn: string
  readonly stay: string // what Enter, Esc and closing mean
}

/** In the system's own dialog, which the page can neither see nor click. */
export async function askPerson(window: BrowserWindow | undefined, { title, message, detail, goOn, stay }: Question): Promise<boolean> {
  const options = { type: 'warning' as const, title, message, detail, buttons: [goOn, stay], defaultId: 1, cancelId: 1 }
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  return response === 0
}
