import { execFile, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { passphrase, people } from '../support/people.ts'
import { projectNode, projectRoot } from '../support/project.ts'
import { endProcess, waitFor } from '../support/wait-for.ts'

const run = promisify(execFile)
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

const makePackage = (...args: readonly string[]) =>
  run(projectNode, [join(projectRoot, 'scripts', 'package.mjs'), ...args], { cwd: projectRoot, maxBuffer: 64 << 20, timeout: 300_000 })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (r) => r.ok,
    () => false,
  )

test('a packaged app starts and signs in', async ({ firm }) => {
  test.setTimeout(420_000)
  await makePackage('--test')
  const port = await freePort()
  const userData = mkdtempSync(join(tmpdir(), 'rapport-package-'))
  const app = spawn(join(projectRoot, 'release-test', 'linux-unpacked', 'rapport'), [`--remote-debugging-port=${port}`, ...(isRoot ? ['--no-sandbox'] : [])], {
    env: { ...process.env, LANG: 'en_US.UTF-8', RAPPORT_USER_DATA: userData, RAPPORT_SERVER_URL: firm.url, RAPPORT_E2E: '1' },
    stdio: 'ignore',
  })
  try {
    await waitFor('the debugging port of the test package', async () => ((await answers(`http://127.0.0.1:${port}/json/version`)) ? true : undefined), { withinMs: 60_000 })
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const page = await waitFor('its window', () => browser.contexts()[0]?.pages()[0], { withinMs: 30_000 })
    await page.getByTestId('sign-in-email').fill(people.advisor)
    await page.getByTestId('sign-in-passphrase').fill(passphrase)
    await page.getByTestId('sign-in-submit').click()
    await expect(page.getByTestId('today-screen')).toBeVisible({ timeout: 30_000 })
    await browser.close()
  } finally {
    await endProcess(app.pid ?? 0, 'SIGKILL')
    rmSync(userData, { recursive: true, force: true })
  }
})

test('the package that we ship refuses to be debugged, and starts without it', async () => {
  test.setTimeout(420_000)
  await makePackage()
  const folder = mkdtempSync(join(tmpdir(), 'rapport-shipped-')) // a clone may lie where another user cannot reach it
  chmodSync(folder, 0o755)
  cpSync(join(projectRoot, 'release', 'linux-unpacked'), folder, { recursive: true })
  const home = join(folder, 'home')
  mkdirSync(home)
  chmodSync(home, 0o777)
  const port = await freePort()
  const start = (args: readonly string[]) =>
    spawn(join(folder, 'rapport'), args, { env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home }, stdio: 'ignore', ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) })
  try {
    for (const args of [[`--remote-debugging-port=${port}`], ['--no-sandbox'], ['--proxy-server=127.0.0.1:1'], ['--ignore-certificate-errors']]) {
      const refused = start(args)
      const code = await new Promise((resolve) => refused.once('exit', resolve))
      expect(code, args.join(' ')).toBe(78)
      expect(await answers(`http://127.0.0.1:${port}/json/version`)).toBe(false)
    }
    const shipped = start([])
    const early = await Promise.race([new Promise((resolve) => shipped.once('exit', resolve)), new Promise((resolve) => setTimeout(resolve, 4_000, 'running'))])
    await endProcess(shipped.pid ?? 0, 'SIGKILL')
    expect(early).toBe('running')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
