/** Which packages end up in what we ship, and under which licence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../project-paths.mjs'

/** @typedef {'server' | 'main' | 'renderer'} Part */
/** @typedef {{ version?: string, license?: string, os?: string[], cpu?: string[], dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} LockEntry */
/** @typedef {{ name: string, version: string, licence: string, parts: Set<Part> }} ShippedPackage */

/** A bare import, also of a style sheet: the name up to the first slash, or the second after a scope. */
const importPattern = /\b(?:from|import|import\(|require\()\s*['"]((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^'"]*)?['"]/g
const notBundled = new Set(['electron', 'vitest', 'fast-check', 'fake-indexeddb'])

/** @returns {ShippedPackage[]} by name; binaries for one platform stand under the platform that runs this script or any */
export function listShippedPackages() {
  /** @type {Record<string, LockEntry>} */
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages
  /** @type {Record<Part, string[]>} */
  const roots = {
    server: Object.keys(lock['']?.dependencies ?? {}),
    main: listImports(['main', 'shared']),
    renderer: listImports(['renderer', 'shared']),
  }
  /** @type {Map<string, ShippedPackage>} */
  const found = new Map()
  for (const part of /** @type {const} */ (['server', 'main', 'renderer'])) {
    for (const folder of closure(lock, roots[part])) addPackage(found, folder, lock[folder] ?? {}, part)
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version.localeCompare(b.version)))
}

/** @param {string[]} folders @returns {string[]} names of packages that the sources, without their tests, import */
function listImports(folders) {
  const names = new Set()
  for (const folder of folders) {
    if (!existsSync(inProject(folder))) continue
    for (const file of readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(tsx?|css)$/.test(file) || /\.test\.tsx?$|\.d\.ts$/.test(file)) continue
      for (const match of readFileSync(inProject(folder, file), 'utf8').matchAll(importPattern)) names.add(match[1])
    }
  }
  return [...names].filter((name) => !notBundled.has(name) && existsSync(inProject('node_modules', name)))
}

/**
 * @param {Record<string, LockEntry>} lock
 * @param {string[]} names
 * @returns {Set<string>} folders, as the lockfile names them, of these packages and of all that they need
 */
function closure(lock, names) {
  /** @type {Set<string>} */
  const seen = new Set()
  const open = names.map((name) => ({ from: '', name }))
  for (let next = open.pop(); next; next = open.pop()) {
    const folder = resolveFolder(lock, next.from, next.name)
    if (folder === undefined || seen.has(folder)) continue
    seen.add(folder)
    const entry = lock[folder] ?? {}
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) open.push({ from: folder, name })
  }
  return seen
}

/** @param {Record<string, LockEntry>} lock @param {string} from @param {string} name @returns {string | undefined} */
function resolveFolder(lock, from, name) {
  const own = `${from ? `${from}/` : ''}node_modules/${name}`
  if (lock[own]) return own
  if (from === '') return undefined
  const at = from.lastIndexOf('/node_modules/')
  return resolveFolder(lock, at < 0 ? '' : from.slice(0, at), name)
}

/** @param {Map<string, ShippedPackage>} found @param {string} folder @param {LockEntry} entry @param {Part} part */
function addPackage(found, folder, entry, part) {
  const fullName = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)
  if (fullName.startsWith('@types/')) return // declarations only
  const name = entry.os || entry.cpu ? withoutPlatform(fullName) : fullName
  const version = entry.version ?? '?'
  const known = found.get(`${name}@${version}`)
  if (known) known.parts.add(part)
  else found.set(`${name}@${version}`, { name, version, licence: licenceOf(folder, entry), parts: new Set([part]) })
}

/** '@node-rs/argon2-linux-x64-gnu' → '@node-rs/argon2-*': one row for the binaries of all platforms. @param {string} name */
const withoutPlatform = (name) => name.replace(/(?<=[-/])(linux|darwin|win32|windows|freebsd|android|wasm32)(-.*)?$/, '*')

/** What the installed package says; for another platform's, what the lockfile says. @param {string} folder @param {LockEntry} entry */
function licenceOf(folder, entry) {
  const file = join(inProject(folder), 'package.json')
  const { license, licenses } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : entry
  if (typeof license === 'string') return license
  return license?.type ?? licenses?.map((/** @type {{ type: string }} */ one) => one.type).join(' OR ') ?? 'not stated'
}
