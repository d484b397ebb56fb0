import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Texts } from '../i18n/texts.ts'

export interface MenuActions {
  readonly navigate: (to: string) => void
  readonly syncNow: () => void
  readonly print: () => void
  readonly saveHeads: () => void
  readonly saveDiscarded: () => void
  readonly lock: () => void
  readonly quit: () => void
}

/** The window's menu with its shortcuts. `isOpen` false: nobody is signed in or the app is locked, only the rest works. */
export function buildAppMenu(texts: Texts, actions: MenuActions, isOpen: boolean): Menu {
  const to = (label: string, place: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    enabled: isOpen,
    click: () => actions.navigate(place),
    ...(accelerator ? { accelerator } : {}),
  })
  const file: MenuItemConstructorOptions[] = [
    to(texts.logContact, 'log', 'CmdOrCtrl+N'),
    { label: texts.syncNow, accelerator: 'CmdOrCtrl+Shift+S', enabled: isOpen, click: actions.syncNow },
    { label: texts.print, accelerator: 'CmdOrCtrl+P', enabled: isOpen, click: actions.print },
    { type: 'separator' },
    to(texts.settings, 'settings', 'CmdOrCtrl+,'),
    { label: texts.lock, accelerator: 'CmdOrCtrl+Shift+L', enabled: isOpen, click: actions.lock },
    { type: 'separator' },
    { label: texts.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit },
  ]
  const go = [
    to(texts.today, 'today', 'CmdOrCtrl+1'),
    to(texts.households, 'households', 'CmdOrCtrl+2'),
    to(texts.followUps, 'follow-ups', 'CmdOrCtrl+3'),
    to(texts.attention, 'attention', 'CmdOrCtrl+5'),
  ]
  return Menu.buildFromTemplate([
    { label: process.platform === 'darwin' ? texts.app : texts.file, submenu: file },
    { label: texts.edit, submenu: editItems(texts) },
    { label: texts.view, submenu: viewItems(texts) },
    { label: texts.go, submenu: go },
    {
      label: texts.help,
      submenu: [
        { label: texts.saveHeads, enabled: isOpen, click: actions.saveHeads },
        { label: texts.saveDiscarded, enabled: isOpen, click: actions.saveDiscarded },
        to(texts.about, 'about'),
      ],
    },
  ])
}

function editItems(texts: Texts): MenuItemConstructorOptions[] {
  return [
    { role: 'undo', label: texts.undo },
    { role: 'redo', label: texts.redo },
    { type: 'separator' },
    { role: 'cut', label: texts.cut },
    { role: 'copy', label: texts.copy },
    { role: 'paste', label: texts.paste },
    { role: 'selectAll', label: texts.selectAll },
  ]
}

function viewItems(texts: Texts): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = [
    { role: 'zoomIn', label: texts.zoomIn },
    { role: 'zoomOut', label: texts.zoomOut },
    { role: 'resetZoom', label: texts.zoomReset },
    { type: 'separator' },
    { role: 'togglefullscreen', label: texts.fullScreen },
  ]
  return app.isPackaged ? items : [...items, { type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
}
