/** The 20 points of Electron's security checklist, each asserted on the packed app as it runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, getCurrentFuseWire } from '@electron/fuses'
import { test as base, type DrivenApp, drive, expect } from '../../support/packed-app.ts'
import { projectRoot } from '../../support/project.ts'
import { askPermissions, readWindow } from '../../walls/read-window.ts'

/** One app for all points: they look, and leave it as it is. */
const test = base.extend<object, { readonly app: DrivenApp }>({
  app: [
    async ({ packed }, use) => {
      const app = await drive(packed, 'http://127.0.0.1:9')
      await use(app)
      await app.close()
    },
    { scope: 'worker' },
  ],
})

const sourcesOf = (folder: string): string =>
  readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !name.endsWith('test-probe.ts'))
    .map((name) => readFileSync(join(projectRoot, folder, name), 'utf8'))
    .join('\n')

test('checklist 1: only secure content is loaded', async ({ app }) => {
  expect((await readWindow(app)).url).toBe('app://ui/')
  const protocols = new Set<string>()
  app.page.on('request', (request) => protocols.add(new URL(request.url()).protocol))
  await app.page.reload()
  await expect(app.page.getByTestId('sign-in-email')).toBeVisible()
  expect([...protocols]).toEqual(['app:'])
  expect(await app.page.evaluate(() => isSecureContext)).toBe(true)
})

test('checklist 2: the page has no Node', async ({ app }) => {
  const { preferences } = await readWindow(app)
  expect(preferences).toMatchObject({ nodeIntegration: false, nodeIntegrationInSubFrames: false })
  expect(preferences['nodeIntegrationInWorker'] ?? false).toBe(false) // left out where it is off
  expect(await app.page.evaluate(() => ['require', 'process', 'module', 'global', 'Buffer', '__dirname'].filter((name) => name in globalThis))).toEqual([])
})

test('checklist 3: context isolation is on', async ({ app }) => {
  expect((await readWindow(app)).preferences).toMatchObject({ contextIsolation: true })
  const hasPageFunction = await app.page.evaluate(() => (globalThis as unknown as { api: { invoke: object } }).api.invoke.constructor === Function)
  expect(hasPageFunction, 'what the preload exposes is the page’s own function, not one of the other world').toBe(true)
})

test('checklist 4: the page’s process is sandboxed', async ({ app }) => {
  expect((await readWindow(app)).preferences).toMatchObject({ sandbox: true })
  const pid = await app.probe.run(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  expect(/^Seccomp:\t(\d)/m.exec(status)?.[1], 'seccomp filter of the kernel').toBe('2')
  expect(/^NoNewPrivs:\t(\d)/m.exec(status)?.[1]).toBe('1')
})

test('checklist 5: every permission is refused but the two that ask nobody', async ({ app }) => {
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'background-sync',
    'accelerometer',
    'screen-wake-lock',
    'storage-access',
    'window-management',
    'local-fonts',
    'idle-detection',
  ]
  const states = await askPermissions(app, names)
  expect(Object.entries(states).filter(([, state]) => state === 'granted')).toEqual([])
  const asked = await app.page.evaluate(async () => {
    const tried = [
      navigator.mediaDevices.getUserMedia({ audio: true }),
      navigator.mediaDevices.getDisplayMedia(),
      new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
    ]
    const results = await Promise.all(
      tried.map((one) =>
        one.then(
          () => 'given',
          () => 'refused',
        ),
      ),
    )
    return { results, notification: await Notification.requestPermission(), persists: await navigator.storage.persist() }
  })
  expect(asked).toEqual({ results: ['refused', 'refused', 'refused'], notification: 'denied', persists: true })
})

test('checklist 6: webSecurity is on', async ({ app }) => {
  expect((await readWindow(app)).preferences).toMatchObject({ webSecurity: true })
})

test('checklist 7: the page has a policy that allows own scripts only, as a header', async ({ app }) => {
  const reloaded = app.page.waitForResponse('app://ui/')
  await app.page.reload()
  const policy = (await reloaded).headers()['content-security-policy'] ?? ''
  const directives = Object.fromEntries(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]))
  expect(directives).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'connect-src': "'none'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toMatch(/unsafe-(inline|eval|hashes)|\*|https?:/)
})

test('checklist 8: no insecure content in a secure page', async ({ app }) => {
  expect((await readWindow(app)).preferences).toMatchObject({ allowRunningInsecureContent: false })
})

test('checklist 9: no experimental features', async ({ app }) => {
  expect((await readWindow(app)).preferences).toMatchObject({ experimentalFeatures: false })
})

test('checklist 10: no blink features are switched on', async ({ app }) => {
  expect((await readWindow(app)).preferences['enableBlinkFeatures'] ?? '').toBe('')
  const switches = await app.probe.run(({ app: electronApp }) => ['enable-blink-features', 'js-flags'].map((name) => electronApp.commandLine.getSwitchValue(name)))
  expect(switches).toEqual(['', '--max-semi-space-size=2']) // a size, and nothing else of the engine
})

test('checklist 11: there are no webviews that could pop up', async ({ app }) => {
  expect(sourcesOf('renderer')).not.toMatch(/<webview|createElement\('webview'/)
  expect((await readWindow(app)).preferences).toMatchObject({ webviewTag: false })
})

test('checklist 12: a webview is refused before it is made', async ({ app }) => {
  expect((await readWindow(app)).listeners[3]).toBe(1)
  const kind = await app.page.evaluate(() => Object.prototype.toString.call(document.createElement('webview')))
  expect(kind).toBe('[object HTMLElement]') // an element without a meaning
})

/** Asked in the main process: a navigation that was refused leaves the driver waiting for its end. */
const shownPage = ({ probe }: DrivenApp) =>
  probe.run(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return `${contents?.getURL()} ${await contents?.executeJavaScript("document.querySelector('[data-testid=sign-in-email]') !== null")}`
  })

const elsewhere = [
  'https://evil.example/',
  'file:///etc/passwd',
  'data:text/html,x',
  'about:blank',
  'about:srcdoc',
  'app://other/',
  'app://ui/assets',
  'chrome://gpu',
  'javascript:document.title=1',
  'blob:x',
]

test('checklist 13: the page cannot be led elsewhere', async ({ app }) => {
  expect((await readWindow(app)).listeners).toEqual([1, 1, 1, 1])
  for (const address of elsewhere) {
    await app.page.evaluate((to) => location.assign(to), address).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await expect.poll(() => shownPage(app), { message: address }).toBe('app://ui/ true')
  }
})

test('checklist 14: the page opens no window', async ({ app }) => {
  const opened = await app.page.evaluate(() => ['https://evil.example/', 'app://ui/', 'about:blank', ''].map((address) => window.open(address)))
  expect(opened).toEqual([null, null, null, null])
  expect((await readWindow(app)).count).toBe(1)
})

test('checklist 15: nothing is handed to another program by address but the page where people sign in, over TLS', () => {
  const sources = sourcesOf('main')
  expect(sources).not.toMatch(/openPath|showItemInFolder/)
  expect(sources.match(/openExternal|[^{]*\bshell\b.*from 'electron'/g)?.length, 'the import and one use').toBe(2)
  expect(sources).toContain('openBrowser: (url) => shell.openExternal(url)')
  expect(sources.match(/\bopenBrowser\(/g)).toHaveLength(1) // and that one is checked first; oidc-flow.test.ts
  expect(sources).toContain("if (!isBrowserUrl(begun.value.authorizationUrl)) return err(appError('session/oidc-refused'))")
})

test('checklist 16: packages are made with a current Electron', async ({ app }) => {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> }
  const shippedMajor = Number(devDependencies['electron']?.split('.')[0])
  expect(shippedMajor, 'a fixed version, newer than 43, the newest in August 2026').toBeGreaterThan(43)
  const { electron } = await readWindow(app)
  const runsOnShipped = Number(electron.split('.')[0]) === shippedMajor
  console.log(
    `release is packed with Electron ${shippedMajor}; these tests ran on ${electron}${runsOnShipped ? '' : ', which is never shipped: run them again on the shipped one'}`,
  )
  if (!runsOnShipped) expect(readFileSync(join(projectRoot, 'scripts', 'package.mjs'), 'utf8')).toContain('not for release')
})

test('checklist 17: calls from any other frame or window are refused', async ({ app }) => {
  const stranger = await app.probe.run(async ({ BrowserWindow, session, app: electronApp }) => {
    const preload = `${electronApp.getAppPath()}/dist/main/preload.cjs`
    const window = new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition('persist:ui'), preload, sandbox: true } })
    await window.loadURL('app://ui/')
    const answer = await window.webContents.executeJavaScript(`Promise.all([api.invoke('session:get', {}), api.invoke('app:about', {}), api.openCipher()])`)
    window.destroy()
    return answer as unknown[]
  })
  expect(stranger).toMatchObject([{ ok: false, error: { code: 'app/ipc-untrusted' } }, { ok: false, error: { code: 'app/ipc-untrusted' } }, false])
})

test('checklist 18: the page has its own scheme, and file:// is out of reach', async ({ app }) => {
  expect((await readWindow(app)).url).toMatch(/^app:/)
  const read = await app.page.evaluate(() =>
    fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'refused',
    ),
  )
  expect(read).toBe('refused')
  const outside = await app.probe.run(({ session }) =>
    Promise.all(
      ['app://ui/../main/main.cjs', 'app://ui/..%2f..%2fpackage.json', 'app://ui/%2e%2e/main/main.cjs', 'app://other/index.html', 'app://ui//etc/passwd', 'app://ui/assets/'].map(
        (url) =>
          session
            .fromPartition('persist:ui')
            .fetch(url)
            .then(
              ({ status }) => status,
              () => 0,
            ),
      ),
    ),
  )
  expect(outside.filter((status) => status === 200)).toEqual([])
})

test('checklist 19: the fuses that make the binary something else are blown', async ({ packed, shipped }) => {
  for (const { executable } of [packed, shipped]) {
    const wire = await getCurrentFuseWire(executable)
    expect(Object.values(wire).filter((state) => state === FuseState.INHERIT)).toEqual([])
  }
})

test('checklist 20: the page gets named functions, and nothing of Electron behind them', async ({ app }) => {
  const seen = await app.page.evaluate(async () => {
    const { api } = globalThis as unknown as { api: Record<string, unknown> & { on: (name: string, listen: (...args: unknown[]) => void) => () => void } }
    const names = (value: object): string[] => Object.keys(value).sort()
    let refused = ''
    try {
      api.on('preload:window-keys', () => undefined)
    } catch (error) {
      refused = String(error)
    }
    return {
      api: names(api),
      cipher: names(api['cipher'] as object),
      refused,
      isFrozen: (() => {
        try {
          api['invoke'] = 1
        } catch {}
        return typeof api['invoke'] === 'function'
      })(),
      ipc: ['ipcRenderer', 'electron', 'contextBridge', 'webFrame'].filter((name) => name in globalThis),
    }
  })
  expect(seen).toEqual({
    api: ['cipher', 'invoke', 'on', 'openCipher'],
    cipher: ['open', 'openMany', 'seal', 'token'],
    refused: expect.stringContaining('unknown event'),
    isFrozen: true,
    ipc: [],
  })
})
