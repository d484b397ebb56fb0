import { hostname } from 'node:os'
import { join } from 'node:path'
import { app, dialog, ipcMain, Menu, nativeTheme, protocol, session } from 'electron'
import type { Settings } from '../shared/ipc/ipc-contract.ts'
import { saveText } from './files/save-text.ts'
import { textsFor } from './i18n/texts.ts'
import { makeHandlers } from './ipc/handlers.ts'
import { registerIpc } from './ipc/register-ipc.ts'
import { coalesce } from './lib/coalesce.ts'
import { openLog } from './log/log.ts'
import { noticeOf, notifyBySystem, notifyTests } from './notifications/system-notifier.ts'
import { watchIdle } from './session/idle-lock.ts'
import { SessionControl } from './session/session-control.ts'
import { SettingsStore } from './settings/settings-store.ts'
import { refuseDangerousStart, surroundings } from './start/surroundings.ts'
import { HttpClient } from './sync/http-client.ts'
import { findKeychain } from './vault/keychain.ts'
import { answerPageRequest, listAppFiles } from './windows/app-files.ts'
import { buildAppMenu } from './windows/app-menu.ts'
import { APP_SCHEME } from './windows/app-origin.ts'
import { makeTray } from './windows/app-tray.ts'
import { MainWindow, preloadPathIn } from './windows/main-window.ts'
import { guardQuit } from './windows/quit-guard.ts'
import { wallInAllContents, wallInSession } from './windows/walls.ts'

/**
 * The composition root. The order is part of the protection: what refuses to start comes first, walls stand before there
 * is anything behind them, and the page is loaded last.
 */
refuseDangerousStart()
// Root on a build machine has no sandbox to enable; a shipped package has refused the switch above.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (surroundings.userData) app.setPath('userData', surroundings.userData)
// Two processes on one profile damage its database.
if (app.requestSingleInstanceLock()) start()
else app.exit(0)

function start(): void {
  app.setAppUserModelId('example.rapport.desktop')
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
  app.on('window-all-closed', () => undefined) // locking destroys the only window for a moment
  app.whenReady().then(run).catch(showStartFailure)
}

async function run(): Promise<void> {
  const userData = app.getPath('userData')
  const log = openLog(join(userData, 'logs', 'main.log'))
  process.on('uncaughtException', (error) => log.bug('main.uncaught', error))
  process.on('unhandledRejection', (cause) => log.bug('main.unhandled', cause))
  log.info('app.started', { version: app.getVersion(), electron: process.versions.electron, isPackaged: app.isPackaged })

  wallInAllContents(log)
  const uiSession = session.fromPartition('persist:ui')
  await wallInSession(uiSession, log)
  const files = listAppFiles(join(app.getAppPath(), 'dist', 'renderer'))
  uiSession.protocol.handle(APP_SCHEME, (request) => answerPageRequest(files, request))
  const syncSession = session.fromPartition('sync') // its own: the page's session reaches no network
  syncSession.setSSLConfig({ minVersion: 'tls1.2' })

  const settings = new SettingsStore(join(userData, 'settings.json'), surroundings.serverUrl, applySettings)
  const texts = () => textsFor(settings.get().language, app.getLocale())
  const iconPath = join(app.getAppPath(), 'assets', 'icons', '512x512.png')
  const notify = surroundings.isUnderTest ? notifyTests() : notifyBySystem

  const window = new MainWindow({
    session: uiSession,
    preloadPath: preloadPathIn(__dirname),
    iconPath,
    placePath: join(userData, 'window.json'),
    log,
    onHidden: (isFirst) => isFirst && notify({ id: 'tray-hint', title: texts().trayHintTitle, body: texts().trayHintBody }, () => window.show()),
    onInput: () => idle.noteInput(),
  })

  const announceSync = coalesce(() => window.send('event:sync-changed', {}), 100)
  const control = new SessionControl({
    userData,
    log,
    deviceName: hostname().slice(0, 100) || 'laptop',
    serverUrl: () => settings.get().serverUrl,
    httpFor: (serverUrl) => new HttpClient(serverUrl, (url, init) => syncSession.fetch(url, init)),
    keychain: findKeychain,
    onSyncChange: announceSync,
    showReminder: (reminder) => settings.get().hasNotifications && notify(noticeOf(reminder), () => window.navigate(`follow-up/${reminder.followUpId}`)),
    onOpened: () => sessionChanged(),
    onClosed: (isLastVaultGone) => setTimeout(() => void replaceWindow(isLastVaultGone), 50), // the caller's answer goes first
  })

  const actions = {
    navigate: (to: string) => window.navigate(to),
    syncNow: () => control.open?.sync.now(),
    lock: () => void control.lock(),
    quit: () => app.quit(),
    show: () => window.show(),
  }
  const tray = makeTray(iconPath, actions, log)
  const updateMenus = () => {
    const isOpen = control.open !== undefined
    Menu.setApplicationMenu(buildAppMenu(texts(), actions, isOpen))
    tray.update(texts(), isOpen)
  }
  function applySettings(changed: Settings): void {
    nativeTheme.themeSource = changed.theme
    updateMenus()
  }
  function sessionChanged(): void {
    updateMenus()
    window.send('event:session-changed', {})
  }
  async function replaceWindow(isLastVaultGone: boolean): Promise<void> {
    window.reset()
    if (isLastVaultGone) await uiSession.clearStorageData({ storages: ['indexdb'] }) // sealed rows whose key is gone
    sessionChanged()
  }

  const idle = watchIdle({
    idleSeconds: surroundings.idleLockSeconds,
    lock: (why) => {
      if (!control.open) return
      log.info('session.locking', { why })
      void control.lock()
    },
    onResume: () => {
      control.open?.reminders.check()
      control.open?.sync.now()
    },
  })
  guardQuit({
    unsentCount: () => control.open?.sync.status().unsentCount ?? 0,
    texts,
    window: () => window.nativeWindow,
    isAskedWhenUnsent: !surroundings.canQuitWithUnsent,
    shutDown: async () => {
      await control.shutDown()
      window.letGo()
    },
  })
  const { electron, chrome, node } = process.versions
  registerIpc(
    makeHandlers({
      session: control,
      settings,
      about: { version: app.getVersion(), electron, chromium: chrome, node, isPackaged: app.isPackaged },
      saveText: (name, text) => saveText(window.nativeWindow, name, text),
      log,
    }),
    {
      ipcMain,
      log,
      isTrusted: (event) => window.isTrusted(event),
      windowKeys: () => (control.open ? { data: new Uint8Array(control.open.vault.keys.data), index: new Uint8Array(control.open.vault.keys.index) } : null),
    },
  )
  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  applySettings(settings.get())
  window.show()
}

function showStartFailure(): void {
  const { startFailed, startFailedDetail } = textsFor('system', app.getLocale())
  dialog.showErrorBox(startFailed, startFailedDetail)
  app.exit(1)
}
