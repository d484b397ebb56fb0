import { execFile, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { freePort } from '../support/free-port.ts'
import { passphrase, people } from '../support/people.ts'
import { endProcess, pidOf } from '../support/processes.ts'
import { projectNode, projectRoot } from '../support/project.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { waitFor } from '../support/wait-for.ts'

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0

const makePackage = (...args: readonly string[]) =>
  run(projectNode, [join(projectRoot, 'scripts', 'package.mjs'), ...args], { cwd: projectRoot, maxBuffer: 64 << 20, timeout: 300_000 })

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (r) => r.ok,
    () => false,
  )

test('a packaged app starts and signs in', async ({ firm }) => {
  test.setTimeout(420_000)
  await makePackage('--if-changed', '--test')
  const port = await freePort()
  const userData = mkdtempSync(join(tmpdir(), 'rapport-package-'))
  const app = spawn(join(projectRoot, 'release-test', 'linux-unpacked', 'rapport'), [`--remote-debugging-port=${port}`, ...(isRoot ? ['--no-sandbox'] : [])], {
    env: { ...process.env, LANG: 'en_US.UTF-8', RAPPORT_USER_DATA: userData, RAPPORT_SERVER_URL: firm.url, RAPPORT_E2E: '1' },
    stdio: 'ignore',
  })
  try {
    await waitFor('the debugging port of the test package', async () => ((await answers(`http://127.0.0.1:${port}/json/version`)) ? true : undefined), { withinMs: 60_000 })
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 90_000 })
    const page = await waitFor('its window', () => browser.contexts()[0]?.pages()[0], { withinMs: 30_000 })
    await page.getByTestId('sign-in-email').fill(people.advisor)
    await page.getByTestId('sign-in-passphrase').fill(passphrase)
    await page.getByTestId('sign-in-submit').click()
    await expect(page.getByTestId('today-screen')).toBeVisible({ timeout: 30_000 })
    await browser.close()
  } finally {
    await endProcess(pidOf(app), 'SIGKILL')
    removeFolder(userData)
  }
})
