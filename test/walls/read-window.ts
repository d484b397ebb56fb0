import type { DrivenApp } from '../support/packed-app.ts'

/** How the app's window and session are really set, read in the main process of the packed app. */
export const readWindow = ({ probe }: DrivenApp) =>
  probe.run(({ BrowserWindow, app }) => {
    const windows = BrowserWindow.getAllWindows()
    const contents = windows[0]?.webContents as (Electron.WebContents & { getLastWebPreferences(): Record<string, unknown> }) | undefined
    if (!contents) throw new Error('no window')
    return {
      count: windows.length,
      url: contents.getURL(),
      preferences: contents.getLastWebPreferences(),
      isPackaged: app.isPackaged,
      electron: process.versions.electron ?? '',
      listeners: ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'].map((name) => contents.listenerCount(name)),
      isDevToolsOpen: contents.isDevToolsOpened(),
    }
  })

/** What the session answers when the page asks for each permission that Chromium knows. */
export const askPermissions = ({ page }: DrivenApp, names: readonly string[]): Promise<Readonly<Record<string, string>>> =>
  page.evaluate(async (all) => {
    const states = await Promise.all(
      all.map(async (name) => [
        name,
        await navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state as string,
          () => 'unknown',
        ),
      ]),
    )
    return Object.fromEntries(states) as Record<string, string>
  }, names)
