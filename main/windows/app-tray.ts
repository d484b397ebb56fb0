import { Menu, nativeImage, Tray } from 'electron'
import type { Texts } from '../i18n/texts.ts'
import type { Log } from '../log/log.ts'
import type { MenuActions } from './app-menu.ts'

export interface AppTray {
  update(texts: Texts, isOpen: boolean): void
}

/** The icon by which the app is found again while its window is hidden. Desktops without such an area have none. */
export function makeTray(iconPath: string, actions: MenuActions & { readonly show: () => void }, log: Log): AppTray {
  const tray = createTray(iconPath, log)
  tray?.on('click', actions.show)
  return {
    update(texts, isOpen) {
      tray?.setToolTip(texts.app)
      tray?.setContextMenu(
        Menu.buildFromTemplate([
          { label: texts.openApp, click: actions.show },
          { label: texts.logContact, enabled: isOpen, click: () => actions.navigate('log') },
          { label: texts.syncNow, enabled: isOpen, click: actions.syncNow },
          { label: texts.lock, enabled: isOpen, click: actions.lock },
          { type: 'separator' },
          { label: texts.quit, click: actions.quit },
        ]),
      )
    },
  }
}

function createTray(iconPath: string, log: Log): Tray | undefined {
  try {
    return new Tray(nativeImage.createFromPath(iconPath).resize({ width: 22, height: 22 }))
  } catch {
    log.warn('tray.unavailable')
    return undefined
  }
}
