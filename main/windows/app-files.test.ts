import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerPageRequest, listAppFiles } from './app-files.ts'
import { isAppUrl } from './app-origin.ts'
import { isReachable } from './window-place.ts'

async function aPage() {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-page-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  await writeFile(join(folder, 'assets', 'main.js'), 'run()')
  await writeFile(join(folder, 'assets', 'main.js.map'), '{}')
  await writeFile(join(folder, '..', 'outside.js'), 'no')
  const files = listAppFiles(folder)
  return (url: string, method = 'GET') => answerPageRequest(files, { url, method })
}

test('serves the page with a policy whose nonce is new each time and stands in the page', async () => {
  const get = await aPage()
  const [first, second] = [await get('app://ui/'), await get('app://ui/index.html?x#y')]
  const policies = [first, second].map((response) => response.headers.get('content-security-policy') ?? '')
  const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '')
  expect(nonces[0]).not.toBe(nonces[1])
  expect(await first.text()).toContain(`content="${nonces[0]}"`)
  for (const rule of ["default-src 'none'", "connect-src 'none'", "script-src 'self';", "require-trusted-types-for 'script'"]) expect(policies[0]).toContain(rule)
})

test.each([
  'app://ui/../outside.js',
  'app://ui/%2e%2e/outside.js',
  'app://ui/assets/../../outside.js',
  'app://ui/assets/main.js.map',
  'app://ui/assets/',
  'app://other/index.html',
  'app://ui/toString',
])('%s is not there', async (url) => {
  expect((await (await aPage())(url)).status).toBe(404)
})

test('only reading is answered', async () => {
  const get = await aPage()
  expect((await get('app://ui/assets/main.js', 'POST')).status).toBe(404)
  const script = await get('app://ui/assets/main.js')
  expect([script.status, script.headers.get('content-type'), script.headers.get('x-content-type-options')]).toEqual([200, 'text/javascript; charset=utf-8', 'nosniff'])
})

test('knows the app’s own address from look-alikes', () => {
  const own = ['app://ui/', 'app://ui/index.html#x']
  const foreign = ['app://ui.evil/', 'app://evil/ui', 'https://ui/', 'about:blank', '', 'app:ui', 'file:///app://ui/']
  expect(own.filter(isAppUrl)).toEqual(own)
  expect(foreign.filter(isAppUrl)).toEqual([])
})

test('a place on a display that is gone is not taken up again', () => {
  const screen = { x: 0, y: 0, width: 1_920, height: 1_080 }
  expect(isReachable({ x: 100, y: 100, width: 1_000, height: 700 }, [screen])).toBe(true)
  expect(isReachable({ x: 2_500, y: 100, width: 1_000, height: 700 }, [screen])).toBe(false)
  expect(isReachable({ x: 100, y: -500, width: 1_000, height: 700 }, [screen])).toBe(false)
})
