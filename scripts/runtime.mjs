/**
 * Which Electron runs the app on this machine. Looked for in this order:
 * 1. the folder that ELECTRON_OVERRIDE_DIST_PATH names (Electron's own switch)
 * 2. the official binary of the `electron` package
 * 3. the pinned build that `npm run setup` puts into the user's cache where the official one cannot be downloaded
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject, userCacheFolder } from './project-paths.mjs'

/** @typedef {'override' | 'official' | 'pinned'} RuntimeOrigin */
/** @typedef {{ distPath: string, executable: string, version: string, origin: RuntimeOrigin }} Runtime  version: '33.2.1', or 'unknown' */

/** The pinned build. Only for development and tests: releases ship the official one. */
export const pinnedVersion = '33.2.1'
export const pinnedFolder = join(userCacheFolder, `electron-${pinnedVersion}`)

const executableName = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : process.platform === 'win32' ? 'electron.exe' : 'electron'

/** @returns {Runtime | undefined} undefined when setup has not run yet or found none */
export function lookUpRuntime() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return describeRuntime(override, 'override')
  return describeRuntime(inProject('node_modules', 'electron', 'dist'), 'official') ?? describeRuntime(pinnedFolder, 'pinned')
}

/**
 * @returns {Runtime}
 * @throws {Error} with what to do when there is none
 */
export function findRuntime() {
  const runtime = lookUpRuntime()
  if (runtime) return runtime
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${override}, but there is no ${executableName} in it.`)
  throw new Error('There is no Electron on this machine yet. Run: npm run setup')
}

/**
 * Switches that Chromium needs on this machine, to be put before the app's folder.
 * @returns {string[]} root has no user namespaces to sandbox with, so Chromium refuses to start without the switch
 */
export function electronSwitches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * @param {string} distPath
 * @param {RuntimeOrigin} origin
 * @returns {Runtime | undefined}
 */
function describeRuntime(distPath, origin) {
  const executable = join(distPath, executableName)
  if (!existsSync(executable)) return undefined
  const versionFile = join(distPath, 'version')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown'
  return { distPath, executable, version, origin }
}
