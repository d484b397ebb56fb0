import { hostname } from 'node:os'
import { join } from 'node:path'
import { app, type IpcMain, Menu, nativeTheme, type Session, shell } from 'electron'
import type { Reminder, Settings } from '../shared/ipc/ipc-contract.ts'
import { ok } from '../shared/lib/result.ts'
import { saveText } from './files/save-text.ts'
import { type Texts, textsFor } from './i18n/texts.ts'
import { makeHandlers } from './ipc/handlers.ts'
import { registerIpc } from './ipc/register-ipc.ts'
import { coalesceFlag } from './lib/coalesce.ts'
import { oneAtATime } from './lib/one-at-a-time.ts'
import type { Log } from './log/log.ts'
import { noticeOf, notifyBySystem, notifyTests } from './notifications/system-notifier.ts'
import { watchIdle } from './session/idle-lock.ts'
import { discardQuestion, keyQuestion, revokeQuestion } from './session/loss-questions.ts'
import { OidcFlow } from './session/oidc-flow.ts'
import { SessionControl } from './session/session-control.ts'
import { serverQuestion } from './settings/server-question.ts'
import { SettingsStore } from './settings/settings-store.ts'
import { startAnew, takeHandover } from './start/fresh-process.ts'
import { surroundings } from './start/surroundings.ts'
import { type Fetch, HttpClient } from './sync/http-client.ts'
import { findKeychain } from './vault/keychain.ts'
import { buildAppMenu } from './windows/app-menu.ts'
import { makeTray } from './windows/app-tray.ts'
import { askPerson, type Question } from './windows/ask-person.ts'
import { MainWindow } from './windows/main-window.ts'
import { guardQuit } from './windows/quit-guard.ts'

export interface RapportAppDeps {
  readonly userData: string
  readonly log: Log
  readonly pageSession: Session
  readonly fetch: Fetch
  readonly preloadPath: string
}

/** Joins the parts of the main process: who has the app open, its window, menus and notifications. */
export class RapportApp {
  readonly #deps: RapportAppDeps
  readonly #iconPath = join(app.getAppPath(), 'assets', 'icons', '512x512.png')
  readonly #notify = surroundings.isUnderTest ? notifyTests() : notifyBySystem
  readonly #settings: SettingsStore
  readonly #window: MainWindow
  readonly #control: SessionControl
  readonly #tray: ReturnType<typeof makeTray>
  readonly #actions = {
    navigate: (to: string) => this.#window.navigate(to),
    syncNow: () => this.#control.open?.sync.now(),
    print: () => this.#window.print(),
    saveHeads: () => void this.#saveHeads(),
    saveDiscarded: () => void this.#saveDiscarded(),
    lock: () => void this.#control.lock(),
    quit: () => app.quit(),
    show: () => this.#window.show(),
  }

  constructor(deps: RapportAppDeps) {
    this.#deps = deps
    this.#settings = new SettingsStore(join(deps.userData, 'settings.json'), surroundings.serverUrl, (settings) => this.#applySettings(settings))
    const idle = watchIdle({ idleSeconds: surroundings.idleLockSeconds, lock: (why) => this.#lockFor(why), onResume: () => this.#resume() })
    this.#window = this.#makeWindow(() => idle.noteInput())
    this.#control = this.#makeControl()
    this.#tray = makeTray(this.#iconPath, this.#actions, deps.log)
  }

  /** Answers the page's calls, then loads it. */
  start(ipcMain: IpcMain): void {
    this.#register(ipcMain)
    guardQuit({
      unsentCount: () => this.#control.open?.sync.status().unsentCount ?? 0,
      texts: () => this.#texts(),
      window: () => this.#window.nativeWindow,
      isAskedWhenUnsent: !surroundings.canQuitWithUnsent,
      shutDown: async () => {
        await this.#control.shutDown()
        await this.#window.letGo()
      },
    })
    app.on('second-instance', () => this.#window.show())
    app.on('activate', () => this.#window.show())
    this.#applySettings(this.#settings.get())
    const handover = takeHandover(this.#deps.userData)
    if (handover?.reminders) void this.#control.lockedReminders.begin(handover.reminders)
    if (handover?.notice) this.#control.giveNotice(handover.notice)
    if (handover?.isHidden) this.#window.prepare()
    else this.#window.show()
  }

  #makeWindow(onInput: () => void): MainWindow {
    const { userData, log, pageSession, preloadPath } = this.#deps
    const hint = () => this.#notify({ id: 'tray-hint', title: this.#texts().trayHintTitle, body: this.#texts().trayHintBody }, () => this.#window.show())
    const onHidden = (isFirst: boolean) => isFirst && hint()
    const onPageGone = () => this.#control.open?.journal.letGo()
    return new MainWindow({ session: pageSession, preloadPath, iconPath: this.#iconPath, placePath: join(userData, 'window.json'), log, onHidden, onInput, onPageGone })
  }

  #makeControl(): SessionControl {
    const { userData, log, fetch } = this.#deps
    return new SessionControl({
      userData,
      log,
      deviceName: hostname().normalize('NFC').slice(0, 100) || 'laptop',
      serverUrl: () => this.#settings.get().serverUrl,
      httpFor: (serverUrl) => new HttpClient(serverUrl, fetch),
      keychain: findKeychain,
      oidc: new OidcFlow({ openBrowser: (url) => shell.openExternal(url), doneText: () => this.#texts().oidcDone }),
      onSyncChange: coalesceFlag((isBehind) => this.#window.send('event:sync-changed', { isBehind }), 100),
      onSyncPage: (page) => this.#window.send('event:sync-page', page),
      showReminder: (reminder) => this.#showReminder(reminder),
      onOpened: () => this.#sessionChanged(),
      // The call that led here is answered first: its page is about to go.
      onClosed: (isLastVaultGone) => setTimeout(() => void this.#replaceWindow(isLastVaultGone), 50),
    })
  }

  #register(ipcMain: IpcMain): void {
    const { log } = this.#deps
    const { electron, chrome, node } = process.versions
    const ask = oneAtATime((question: Question) => askPerson(this.#window.nativeWindow, question), false)
    const handlers = makeHandlers({
      session: this.#control,
      settings: this.#settings,
      about: { version: app.getVersion(), electron, chromium: chrome, node, isPackaged: app.isPackaged },
      saveText: oneAtATime((name: string, text: string) => saveText(this.#window.nativeWindow, name, text), ok({ isSaved: false })),
      isServerWanted: (url) => ask(serverQuestion(this.#texts(), url)),
      isKeyWanted: (fingerprint) => ask(keyQuestion(this.#texts(), fingerprint)),
      isLossWanted: (count) => ask(discardQuestion(this.#texts(), count)),
      isRevokeWanted: (deviceName) => ask(revokeQuestion(this.#texts(), deviceName)),
      log,
    })
    registerIpc(handlers, { ipcMain, log, isTrusted: (event) => this.#window.isTrusted(event), windowKeys: () => this.#control.open?.vault.windowKeys() ?? null })
  }

  /** For compliance, who compares them with the server's trail (K1). */
  async #saveHeads(): Promise<void> {
    const { open } = this.#control
    if (open) await saveText(this.#window.nativeWindow, 'rapport-history-marks.jsonl', open.heads.exportText())
  }

  /** In clear, where the person says: refused work that somebody, or a page that something took over, put aside. */
  async #saveDiscarded(): Promise<void> {
    const { open } = this.#control
    if (open) await saveText(this.#window.nativeWindow, 'rapport-discarded-work.json', JSON.stringify(open.journal.listDiscarded(), null, 2))
  }

  #texts(): Texts {
    return textsFor(this.#settings.get().language, app.getLocale())
  }

  #applySettings({ theme }: Settings): void {
    nativeTheme.themeSource = theme
    this.#updateMenus()
  }

  #updateMenus(): void {
    const isOpen = this.#control.open !== undefined
    Menu.setApplicationMenu(buildAppMenu(this.#texts(), this.#actions, isOpen))
    this.#tray.update(this.#texts(), isOpen)
  }

  #sessionChanged(): void {
    this.#updateMenus()
    this.#window.send('event:session-changed', {})
  }

  /** The page that showed data goes with its process. Rows whose key was erased go from the disk too. */
  async #replaceWindow(isLastVaultGone: boolean): Promise<void> {
    if (surroundings.keepsProcess) this.#window.reset()
    else this.#window.destroy()
    const { pageSession, log } = this.#deps
    if (isLastVaultGone) await pageSession.clearStorageData({ storages: ['indexdb'] }).catch((error: unknown) => log.bug('window.rows-not-cleared', error))
    if (surroundings.keepsProcess) this.#sessionChanged()
    else await this.#startAnew()
  }

  /** What main had in its memory goes with its process, too. */
  async #startAnew(): Promise<void> {
    const handover = { isHidden: !this.#window.wasVisible, reminders: this.#control.lockedReminders.outline(), notice: this.#control.state().notice }
    await this.#window.letGo()
    startAnew(this.#deps.userData, handover)
  }

  #lockFor(why: string): void {
    if (!this.#control.open) return
    this.#deps.log.info('session.locking', { why })
    void this.#control.lock()
  }

  #resume(): void {
    this.#control.checkReminders()
    this.#control.open?.sync.now()
  }

  #showReminder(reminder: Reminder): void {
    const { hasNotifications, hasNotificationNames } = this.#settings.get()
    const hasNames = hasNotificationNames && this.#control.open !== undefined
    if (hasNotifications) this.#notify(noticeOf(reminder, this.#texts(), hasNames), () => this.#window.navigate(`follow-up/${reminder.followUpId}`))
  }
}
