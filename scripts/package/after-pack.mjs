/** electron-builder's hook between packing and signing: nothing of development stays in, and every fuse is locked. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses'

/** What the app may never be turned into by its environment or command line. */
const locked = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true, // has an effect on macOS and Windows only
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false, // the app loads nothing over file://
  [FuseV1Options.WasmTrapHandlers]: true,
}

/**
 * @param {import('electron-builder').AfterPackContext} context
 * @throws {Error} when the binary has a fuse that is not listed above
 */
export default async function afterPack(context) {
  const { appOutDir, electronPlatformName, packager } = context
  const resources = packager.getResourcesDir(appOutDir)
  rmSync(join(resources, 'app'), { recursive: true, force: true }) // the development launcher
  rmSync(join(resources, 'default_app.asar'), { force: true })
  const executable = executableOf(appOutDir, electronPlatformName, packager)
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executable))
  // Older versions have fewer fuses, and setting one that is not there is an error.
  const present = Object.entries(locked).filter(([fuse]) => wire[fuse] !== undefined && wire[fuse] !== FuseState.REMOVED)
  const config = { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...Object.fromEntries(present) }
  await flipFuses(executable, /** @type {import('@electron/fuses').FuseConfig} */ (config))
  console.log(`package: ${present.length} fuses locked; resources: ${readdirSync(resources).join(', ')}`)
}

/**
 * @param {string} folder
 * @param {string} platform
 * @param {import('electron-builder').AfterPackContext['packager']} packager
 */
function executableOf(folder, platform, packager) {
  const { productFilename } = packager.appInfo
  if (platform === 'darwin') return join(folder, `${productFilename}.app`)
  if (platform === 'win32') return join(folder, `${productFilename}.exe`)
  return join(folder, /** @type {any} */ (packager).executableName)
}
