/**
 * `npm run build`: main process, preload and renderer into `dist/`. A part whose sources did not change is left as it is.
 *   --force         build all
 *   --test-package  put a main process that tests can attach to into `dist-test/`; see scripts/package.mjs
 */
import { existsSync } from 'node:fs'
import { buildMain } from './build/build-main.mjs'
import { fingerprint, isUpToDate, remember } from './build/fingerprint.mjs'
import { timed } from './process/progress.mjs'
import { mustRunCommand } from './process/run-command.mjs'
import { isMain, runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

const buildScripts = ['scripts/build.mjs', 'scripts/build', 'package.json', 'package-lock.json', 'tsconfig.json']
const mainInputs = ['main', 'shared', ...buildScripts]
const rendererInputs = ['renderer', 'shared', 'assets', 'vite.config.ts', 'postcss.config.mjs', 'postcss.config.cjs', ...buildScripts]

/**
 * Needs what `npm run setup` installs.
 * @param {{ force?: boolean, isTestPackage?: boolean }} [options]
 * @throws {Error} with the bundler's message
 */
export async function buildApp({ force = false, isTestPackage = false } = {}) {
  const outFolder = isTestPackage ? 'dist-test' : 'dist'
  const buildMainParts = () => buildMain({ outFolder: `${outFolder}/main`, canDebug: isTestPackage })
  await buildPart(isTestPackage ? 'test-main' : 'main', { inputs: mainInputs, result: `${outFolder}/main/main.cjs`, force, run: buildMainParts })
  await buildPart('renderer', { inputs: rendererInputs, result: 'dist/renderer/index.html', force, run: runVite })
}

/**
 * @param {string} part
 * @param {{ inputs: readonly string[], result: string, force: boolean, run: () => Promise<unknown> }} options
 */
async function buildPart(part, { inputs, result, force, run }) {
  const print = fingerprint(inputs)
  if (!force && isUpToDate(part, print) && existsSync(inProject(result))) return
  await timed(`build: ${part}`, run)
  remember(part, print)
}

function runVite() {
  const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
  return mustRunCommand(projectNode, [vite, 'build', '--config', inProject('vite.config.ts'), '--logLevel', 'warn'], { cwd: projectRoot, show: true })
}

if (isMain(import.meta.url)) {
  await runMain('build', async () => {
    await setUp()
    await buildApp({ force: process.argv.includes('--force'), isTestPackage: process.argv.includes('--test-package') })
  })
}
