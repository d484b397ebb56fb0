/** Nothing leaves the page: 27 channels against sinks on the loopback, from the app's real page in the packed app. */

import { type DrivenApp, drive, expect, test } from '../../support/packed-app.ts'
import { networkAttempts } from '../../walls/network-attempts.ts'
import { openSinks, type Sinks } from '../../walls/sinks.ts'

/** Packets that have to be waited for: a STUN client tries again for a while. */
const SETTLE_MS = 2_500
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Tries every channel; answers the names of those that reached a sink, in the order of the list. */
async function tryAll({ page }: DrivenApp, sinks: Sinks): Promise<readonly string[]> {
  const through: string[] = []
  const pageUrl = page.url()
  sinks.forget()
  const attempt = async ({ name, run }: (typeof networkAttempts)[number], settleMs: number) => {
    const before = sinks.hits.length
    const ran = page.evaluate(run, sinks.ports).catch(() => undefined) // what a wall throws
    await Promise.race([ran, pause(500)])
    await pause(settleMs)
    if (sinks.hits.length > before) through.push(name)
  }
  for (const each of networkAttempts.filter(({ leaves }) => !leaves)) await attempt(each, each.name.startsWith('WebRTC') ? 800 : 60)
  await pause(SETTLE_MS)
  for (const each of networkAttempts.filter(({ leaves }) => leaves)) {
    await attempt(each, 700)
    if (!page.url().startsWith(pageUrl)) await page.goto(pageUrl).catch(() => undefined)
  }
  return through
}

/** Notes which directives of the policy are broken from now on. */
async function collectViolations({ page }: DrivenApp): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const broken = new Set<string>()
    Object.assign(globalThis, { broken })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => broken.add(effectiveDirective))
  })
  return () => page.evaluate(() => [...(globalThis as unknown as { broken: Set<string> }).broken])
}

/** Serves the page without its policy; everything else stands. */
const dropPolicy = ({ probe }: DrivenApp) =>
  probe.run(({ app, session }, _arg, load) => {
    const { readFile } = load('node:fs/promises') as typeof import('node:fs/promises')
    const { protocol } = session.fromPartition('persist:ui')
    const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
    protocol.unhandle('app')
    protocol.handle('app', async ({ url }) => {
      const path = new URL(url).pathname
      const name = path === '/' ? '/index.html' : path
      const bytes = await readFile(`${app.getAppPath()}/dist/renderer${name}`)
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': types[name.split('.').pop() ?? ''] ?? 'application/octet-stream' } })
    })
  })

/** Takes down the walls of the session and of the page, one by one. */
const dropOtherWalls = ({ probe }: DrivenApp) =>
  probe.run(async ({ BrowserWindow, session }) => {
    const page = session.fromPartition('persist:ui')
    page.webRequest.onBeforeRequest(null)
    page.disableNetworkEmulation()
    page.removeAllListeners('will-download')
    await page.setProxy({ mode: 'direct' })
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.setWebRTCIPHandlingPolicy('default')
      webContents.removeAllListeners('will-frame-navigate')
      webContents.removeAllListeners('will-navigate')
      webContents.setWindowOpenHandler(() => ({ action: 'allow', overrideBrowserWindowOptions: { show: false } }))
    }
  })

async function withApp(packed: Parameters<typeof drive>[0], action: (app: DrivenApp, sinks: Sinks) => Promise<void>): Promise<void> {
  const sinks = await openSinks()
  const app = await drive(packed, 'http://127.0.0.1:9')
  try {
    await action(app, sinks)
  } finally {
    await app.close()
    await sinks.close()
  }
}

test('the list has 27 channels', () => {
  expect(new Set(networkAttempts.map(({ name }) => name)).size).toBe(27)
})

test('27 of 27 channels are closed', async ({ packed }) => {
  await withApp(packed, async (app, sinks) => {
    const directives = await collectViolations(app)
    expect(await tryAll(app, sinks)).toEqual([])
    expect(sinks.hits).toEqual([])
    expect(await directives()).toEqual(expect.arrayContaining(['connect-src', 'img-src', 'style-src-elem', 'font-src', 'media-src', 'script-src-elem', 'frame-src', 'worker-src'])) // they were tried
  })
})

test('27 of 27 channels stay closed without the content policy: the walls do not depend on each other', async ({ packed }) => {
  await withApp(packed, async (app, sinks) => {
    await dropPolicy(app)
    await app.page.reload()
    expect(await app.page.evaluate(() => fetch('app://ui/').then((answer) => answer.headers.get('content-security-policy')))).toBeNull()
    // fetch itself was forbidden by the policy that has gone
    expect(await tryAll(app, sinks)).toEqual([])
    expect(sinks.hits).toEqual([])
  })
})

test('with the policy alone, no request gets out either', async ({ packed }) => {
  await withApp(packed, async (app, sinks) => {
    await dropOtherWalls(app)
    await tryAll(app, sinks)
    expect(sinks.hits.filter((hit) => hit.startsWith('http') && !/page-location|meta-refresh|open-window|download/.test(hit))).toEqual([])
  })
})

test('control: without walls the same attempts reach the sinks', async ({ packed }) => {
  await withApp(packed, async (app, sinks) => {
    await dropPolicy(app)
    await dropOtherWalls(app)
    await app.page.reload()
    const through = await tryAll(app, sinks)
    const count = (kind: string) => sinks.hits.filter((hit) => hit.startsWith(kind)).length
    console.log(
      `walls down: ${through.length} of 27 channels open; ${count('http')} HTTP, ${count('tcp')} TCP, ${count('udp')} UDP hits; closed: ${networkAttempts
        .map(({ name }) => name)
        .filter((name) => !through.includes(name))
        .join(', ')}`,
    )
    expect(through.length).toBeGreaterThanOrEqual(22)
    for (const kind of ['http', 'tcp', 'udp']) expect(count(kind), kind).toBeGreaterThan(0)
  })
})
