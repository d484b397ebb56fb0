import { join } from 'node:path'
import { app, dialog, ipcMain, protocol } from 'electron'
import { RapportApp } from './app.ts'
import { textsFor } from './i18n/texts.ts'
import { openLog } from './log/log.ts'
import { keepMemoryOutOfCoreDumps } from './start/core-dumps.ts'
import { closeToOthers } from './start/own-folder.ts'
import { keepMemorySmall } from './start/small-memory.ts'
import { refuseDangerousStart, surroundings } from './start/surroundings.ts'
import { passwordStoreOf } from './vault/keychain-choice.ts'
import { APP_SCHEME } from './windows/app-origin.ts'
import { openPageSession, openSyncFetch } from './windows/web-sessions.ts'

/*
 * The order is part of the protection: what refuses to start comes first, walls stand before there is anything behind
 * them, and the page is loaded last.
 */
refuseDangerousStart()
keepMemoryOutOfCoreDumps()
keepMemorySmall()
// Root on a build machine has no sandbox to enable; a shipped package has refused the switch above.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
if (surroundings.userData) app.setPath('userData', surroundings.userData)
// Two processes on one profile damage its database.
if (app.requestSingleInstanceLock()) prepare()
else app.exit(0)

function prepare(): void {
  const passwordStore = passwordStoreOf(app.getPath('userData'))
  if (passwordStore !== undefined && !app.commandLine.hasSwitch('password-store')) app.commandLine.appendSwitch('password-store', passwordStore)
  app.setAppUserModelId('example.rapport.desktop')
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
  app.on('window-all-closed', () => undefined) // locking destroys the only window for a moment
  app.whenReady().then(run).catch(showStartFailure)
}

async function run(): Promise<void> {
  const userData = app.getPath('userData')
  closeToOthers(userData)
  const log = openLog(join(userData, 'logs', 'main.log'))
  process.on('uncaughtException', (error) => log.bug('main.uncaught', error))
  process.on('unhandledRejection', (cause) => log.bug('main.unhandled', cause))
  log.info('app.started', { version: app.getVersion(), electron: process.versions.electron, isPackaged: app.isPackaged })
  const pageSession = await openPageSession(log)
  if (__ALLOW_DEBUG_PORT__) (await import('./start/test-probe.ts')).listenForTests(process.env['RAPPORT_PROBE'])
  new RapportApp({ userData, log, pageSession, fetch: openSyncFetch(), preloadPath: join(__dirname, 'preload.cjs') }).start(ipcMain)
}

function showStartFailure(): void {
  const { startFailed, startFailedDetail } = textsFor('system', app.getLocale())
  dialog.showErrorBox(startFailed, startFailedDetail)
  app.exit(1)
}
