/**
 * `npm run setup`: brings a fresh clone to where the app starts and the tests run. May be run again at any time: it does
 * only what is missing, and takes well under a second when nothing is. `--force` does all of it again.
 */
import { secondsSince } from './process/progress.mjs'
import { isMain, runMain } from './process/run-main.mjs'
import { ensureDebianPackages } from './setup/debian-packages.mjs'
import { ensureElectron } from './setup/electron-runtime.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'

/**
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<import('./runtime.mjs').Runtime>} the Electron that runs here
 * @throws {Error} that says what to do, when a step cannot be done on this machine
 */
export async function setUp({ force = false } = {}) {
  const startedMs = performance.now()
  await ensureNodeModules({ force })
  await ensureDebianPackages()
  const runtime = await ensureElectron({ force })
  console.log(`setup: ready in ${secondsSince(startedMs)}, Electron ${runtime.version} (${runtime.origin})`)
  return runtime
}

if (isMain(import.meta.url)) await runMain('setup', () => setUp({ force: process.argv.includes('--force') }))
