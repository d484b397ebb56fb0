import { app, BrowserWindow, type IpcMainInvokeEvent, nativeImage, nativeTheme, type Session, screen, type WebPreferences } from 'electron'
import type { IpcEventName, IpcEvents } from '../../shared/ipc/ipc-contract.ts'
import type { Log } from '../log/log.ts'
import { APP_ORIGIN, APP_PAGE, isAppUrl } from './app-origin.ts'
import { isReachable, readWindowPlace, type WindowPlace, writeWindowPlace } from './window-place.ts'

export interface MainWindowDeps {
  readonly session: Session
  readonly preloadPath: string
  readonly iconPath: string
  readonly placePath: string
  readonly log: Log
  /** The person closed the window; it is hidden, the app goes on. `isFirst` = it never happened on this laptop before. */
  readonly onHidden: (isFirst: boolean) => void
  readonly onInput: () => void
  /** The page that was there calls no more: its process ended, its window closed, or another page takes its place. */
  readonly onPageGone: () => void
}

/** All said, also where it is the default: a default may change with a version. */
const safePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  disableDialogs: true,
  spellcheck: false, // downloads dictionaries and keeps words in clear
  enableWebSQL: false,
} as const satisfies WebPreferences

/** The app's one window. Locking destroys it, with all that its process had in memory, and makes a fresh one. */
export class MainWindow {
  readonly #deps: MainWindowDeps
  #window: BrowserWindow | undefined
  #place: WindowPlace
  #isQuitting = false
  #wasVisible = false
  #writing: Promise<void> = Promise.resolve()
  #navigateTo: string | undefined // waits for a page that listens

  constructor(deps: MainWindowDeps) {
    this.#deps = deps
    this.#place = readWindowPlace(deps.placePath)
  }

  /** Makes the window where there is none, and brings it to the front. */
  show(): void {
    const window = this.#window ?? this.#create()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** Destroys the window; a fresh one comes up in its place, hidden if this one was. */
  reset(): void {
    this.destroy()
    if (this.#wasVisible) this.show()
    else this.prepare()
  }

  destroy(): void {
    this.#wasVisible = this.#window?.isVisible() ?? false
    this.#keepPlace()
    this.#window?.destroy()
    this.#window = undefined
  }

  /** Whether the person saw the window that was destroyed last. */
  get wasVisible(): boolean {
    return this.#wasVisible
  }

  /** Makes the window and leaves it hidden. */
  prepare(): void {
    this.#create()
  }

  send<E extends IpcEventName>(event: E, payload: IpcEvents[E]): void {
    if (this.#window && !this.#window.webContents.isDestroyed()) this.#window.webContents.send(event, payload)
  }

  /** Shows a place of the app; after a fresh window has loaded, where it has to load first. */
  navigate(to: string): void {
    const isLoading = this.#window?.webContents.isLoading() ?? true
    if (isLoading) this.#navigateTo = to
    this.show()
    if (!isLoading) this.send('event:navigate', { to })
  }

  /** What is open, on paper or into a file: the system's own dialog asks. The page writes for paper what it shows (`print.css`). */
  print(): void {
    this.#window?.webContents.print()
  }

  /** Only the main frame of this window, showing the app's own page, may call. A frame that is gone already is null. */
  isTrusted({ sender, senderFrame }: IpcMainInvokeEvent): boolean {
    const contents = this.#window?.webContents
    if (!contents || sender !== contents || !senderFrame || senderFrame !== contents.mainFrame) return false
    return senderFrame.origin === APP_ORIGIN && isAppUrl(senderFrame.url)
  }

  /** From now on closing closes. Resolves when the window's place is written. */
  async letGo(): Promise<void> {
    this.#isQuitting = true
    this.#keepPlace()
    await this.#writing
  }

  get nativeWindow(): BrowserWindow | undefined {
    return this.#window
  }

  #create(): BrowserWindow {
    const { session, preloadPath, iconPath, log } = this.#deps
    const window = new BrowserWindow({
      ...this.#size(),
      minWidth: 960,
      minHeight: 600,
      show: false,
      title: 'Rapport',
      icon: nativeImage.createFromPath(iconPath),
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171c' : '#ffffff',
      autoHideMenuBar: true,
      webPreferences: { ...safePreferences, devTools: !app.isPackaged, session, preload: preloadPath },
    })
    this.#window = window
    window.setContentProtection(app.isPackaged) // no effect on Linux
    if (this.#place.isMaximized) window.maximize()
    this.#listen(window)
    void window.loadURL(APP_PAGE).catch(() => log.warn('window.load-failed'))
    return window
  }

  #listen(window: BrowserWindow): void {
    const { webContents } = window
    window.on('close', (event) => {
      if (this.#isQuitting) return
      this.#keepPlace()
      event.preventDefault()
      this.#hide(window)
    })
    window.on('page-title-updated', (event) => event.preventDefault()) // a household's name would stand in task bar and logs
    webContents.on('input-event', this.#deps.onInput)
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => isMainFrame && !isSameDocument && this.#deps.onPageGone())
    webContents.on('destroyed', this.#deps.onPageGone)
    webContents.on('did-finish-load', () => this.#deliverNavigation())
    webContents.on('render-process-gone', (_event, { reason }) => {
      this.#deps.log.warn('window.process-gone', { reason })
      this.#deps.onPageGone()
      setTimeout(() => {
        if (this.#window === window && !this.#isQuitting) this.reset()
      }, 500)
    })
    webContents.on('preload-error', (_event, _path, error) => this.#deps.log.bug('window.preload-broke', error))
  }

  #hide(window: BrowserWindow): void {
    window.hide()
    this.#deps.onHidden(!this.#place.hasSeenTrayHint)
    this.#place = { ...this.#place, hasSeenTrayHint: true }
    this.#keepPlace()
  }

  /** The page begins to listen shortly after it has loaded. */
  #deliverNavigation(): void {
    const to = this.#navigateTo
    this.#navigateTo = undefined
    if (to !== undefined) setTimeout(() => this.send('event:navigate', { to }), 1_000)
  }

  #size() {
    const { bounds } = this.#place
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
    return bounds && isReachable(bounds, workAreas) ? bounds : { width: 1_360, height: 860 }
  }

  #keepPlace(): void {
    const window = this.#window
    if (!window || window.isDestroyed()) return
    this.#place = { ...this.#place, bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    const place = this.#place
    this.#writing = this.#writing.then(() => writeWindowPlace(this.#deps.placePath, place)).catch(() => undefined) // costs at most the place
  }
}
