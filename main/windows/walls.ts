import { app, type Session, type WebContents } from 'electron'
import type { Log } from '../log/log.ts'
import { APP_PAGE, isAppUrl } from './app-origin.ts'

/** An address at which nothing listens; loopback is not let past it either. */
const DEAD_PROXY = { proxyRules: 'http=127.0.0.1:9;https=127.0.0.1:9;socks=127.0.0.1:9', proxyBypassRules: '<-loopback>' }

/** Of Chromium: the navigation was refused, and the page stays as it is. */
const ERR_ABORTED = -3

/** Without the first, `persist()` fails and the database may be evicted; the second is copying text. Both ask no person. */
const grantedPermissions: ReadonlySet<string> = new Set(['persistent-storage', 'clipboard-sanitized-write'])

/** Lets the page's session reach nothing but the app's own files, by walls that do not depend on each other. */
export async function wallInSession(session: Session, log: Log): Promise<void> {
  session.webRequest.onBeforeRequest((details, callback) => {
    const isOwn = isAppUrl(details.url) || details.url.startsWith('devtools://')
    if (!isOwn) log.warn('wall.request-cancelled', { kind: details.resourceType })
    callback({ cancel: !isOwn })
  })
  session.setPermissionRequestHandler((_contents, permission, callback, details) => callback(grantedPermissions.has(permission) && isAppUrl(details.requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, origin) => grantedPermissions.has(permission) && isAppUrl(origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  await cutOff(session)
}

/** What Chromium's network process keeps, and has forgotten when it was started again. */
export async function cutOff(session: Session): Promise<void> {
  session.enableNetworkEmulation({ offline: true })
  await session.setProxy(DEAD_PROXY)
}

/** Holds for every page of the app, whoever makes it. */
export function wallInAllContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => wallInContents(contents, log))
}

function wallInContents(contents: WebContents, log: Log): void {
  const refuse = (kind: string) => (event: { preventDefault(): void }) => {
    event.preventDefault()
    log.warn('wall.navigation-refused', { kind })
  }
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-frame-navigate', refuse('frame'))
  contents.on('will-navigate', refuse('page'))
  contents.on('will-redirect', refuse('redirect'))
  contents.on('will-attach-webview', refuse('webview'))
  leadBack(contents, log)
}

/** Some addresses, about:blank among them, are not asked about: whoever gets there, or to an error page, is led back. */
function leadBack(contents: WebContents, log: Log): void {
  const returnFrom = (url: string) => {
    if (isAppUrl(url) || url.startsWith('devtools://')) return
    log.warn('wall.page-left')
    void contents.loadURL(APP_PAGE).catch(() => undefined) // the window may be going
  }
  contents.on('did-navigate', (_event, url) => returnFrom(url))
  contents.on('did-fail-load', (_event, code, _text, url, isMainFrame) => {
    if (isMainFrame && code !== ERR_ABORTED) returnFrom(url)
  })
}
