/**
 * `npm run lockfile`, to be run after every change of dependencies: updates package-lock.json, and lists in it also the
 * binaries for other platforms that the registry in use does not offer. npm leaves those out, and `npm ci` then takes the
 * file for outdated, on every platform.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { runNpm } from './process/run-command.mjs'
import { inProject, projectRoot } from './project-paths.mjs'

/** @typedef {{ version?: string, optionalDependencies?: Record<string, string>, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockEntry */

/** Words in the names of such packages, and what they stand for in npm's terms. */
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

await runNpm(['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: projectRoot })
const path = inProject('package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const added = listUnlisted(lock.packages)
for (const [name, version] of added) lock.packages[`node_modules/${name}`] = { version, optional: true, ...platformOf(name) }
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`lockfile: up to date, ${added.length} binaries of other platforms added`)

/**
 * @param {Record<string, LockEntry>} packages the lockfile's entries, by folder
 * @returns {[name: string, version: string][]} optional dependencies with an exact version and no entry
 */
function listUnlisted(packages) {
  return Object.entries(packages)
    .flatMap(([folder, entry]) => Object.entries(entry.optionalDependencies ?? {}).map(([name, version]) => ({ folder, name, version })))
    .filter(({ folder, name }) => !packages[`${folder}/node_modules/${name}`] && !packages[`node_modules/${name}`])
    .filter(({ version }) => /^\d/.test(version))
    .map(({ name, version }) => [name, version])
}

/** @param {string} name for instance '@biomejs/cli-linux-x64-musl' @returns {LockEntry} */
function platformOf(name) {
  const words = (name.split('/').at(-1) ?? name).split('-')
  const os = words.filter((word) => systems.includes(word))
  const cpu = words.filter((word) => processors.includes(word))
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.some((word) => word.startsWith('gnu')) ? ['glibc'] : []
  return { ...(os.length > 0 && { os }), ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && os.includes('linux') && { libc }) }
}
