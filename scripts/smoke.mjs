/**
 * `npm run smoke`: starts server and app as `npm start` does, signs in as the first sample advisor and waits for Today.
 * Leaves artifacts/smoke.png. The last line of stdout is one JSON object: {"electron", "server", "readyMs"}, where readyMs
 * counts from the start of the app's process to Today on the screen.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from './build.mjs'
import { openDisplay } from './process/display.mjs'
import { runMain } from './process/run-main.mjs'
import { startServer } from './process/server-process.mjs'
import { artifactsFolder, projectRoot } from './project-paths.mjs'
import { electronSwitches } from './runtime.mjs'
import { setUp } from './setup.mjs'

const email = process.env.RAPPORT_SMOKE_EMAIL ?? 'anna.kovacs@rapport.example'
const passphrase = process.env.RAPPORT_SMOKE_PASSPHRASE ?? 'correct horse battery staple'
const VISIBLE_WITHIN_MS = 60_000

await runMain('smoke', async () => {
  const runtime = await setUp()
  await buildApp()
  const [server, display] = await Promise.all([startServer({ logName: 'smoke-server.log', env: { PORT: '0' } }), openDisplay()])
  const readyMs = await signIn(runtime.executable, { ...display.env, RAPPORT_SERVER_URL: server.url })
  console.log(JSON.stringify({ electron: runtime.version, server: server.url, readyMs }))
})

/**
 * @param {string} executable
 * @param {Record<string, string>} env added for the app
 * @returns {Promise<number>} milliseconds until Today was on the screen
 */
async function signIn(executable, env) {
  const { _electron } = await import('@playwright/test')
  const userData = mkdtempSync(join(tmpdir(), 'rapport-smoke-'))
  mkdirSync(artifactsFolder, { recursive: true })
  const startedMs = performance.now()
  const app = await _electron.launch({
    executablePath: executable,
    args: [...electronSwitches(), projectRoot],
    cwd: projectRoot,
    env: { ...process.env, ...env, RAPPORT_USER_DATA: userData },
  })
  try {
    const page = await app.firstWindow()
    page.on('pageerror', (error) => console.error(`smoke: error on the page: ${error.message}`))
    page.on('console', (message) => message.type() === 'error' && console.error(`smoke: console: ${message.text()}`))
    try {
      await page.getByTestId('sign-in-email').fill(email, { timeout: VISIBLE_WITHIN_MS })
      await page.getByTestId('sign-in-passphrase').fill(passphrase)
      await page.getByTestId('sign-in-submit').click()
      await page.getByTestId('today-screen').waitFor({ timeout: VISIBLE_WITHIN_MS })
      return Math.round(performance.now() - startedMs)
    } finally {
      await page.screenshot({ path: join(artifactsFolder, 'smoke.png') })
    }
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true })
  }
}
