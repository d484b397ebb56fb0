/**
 * `npm run package`: an unpacked package of the app for this machine in `release/linux-unpacked/`, with the Electron that
 * scripts/runtime.mjs finds. `--test` makes one that differs only in that it accepts `--remote-debugging-port`, in
 * `release-test/`, for the tests that drive a packaged app. `--if-changed` leaves a package whose sources did not change
 * as it is. Releases are packed with the official Electron only.
 */
import { existsSync, rmSync } from 'node:fs'
import { fingerprint, isUpToDate, remember } from './build/fingerprint.mjs'
import { buildApp } from './build.mjs'
import { timed } from './process/progress.mjs'
import { mustRunCommand } from './process/run-command.mjs'
import { runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

const inputs = ['main', 'shared', 'renderer', 'assets', 'scripts', 'electron-builder.yml', 'package.json', 'package-lock.json', 'vite.config.ts']

await runMain('package', () => makePackage({ isTest: process.argv.includes('--test'), canReuse: process.argv.includes('--if-changed') }))

/** @param {{ isTest: boolean, canReuse: boolean }} options */
async function makePackage({ isTest, canReuse }) {
  const runtime = await setUp()
  const outFolder = isTest ? 'release-test' : 'release'
  const print = `${runtime.version} ${fingerprint(inputs)}`
  if (canReuse && isUpToDate(outFolder, print) && existsSync(inProject(outFolder))) return
  await buildApp({ isTestPackage: isTest })
  rmSync(inProject(outFolder), { recursive: true, force: true })
  const script = inProject('scripts', 'package', 'run-builder.mjs')
  await timed(`package: ${outFolder} with Electron ${runtime.version}`, () =>
    mustRunCommand(projectNode, [script, runtime.distPath, runtime.version, outFolder, isTest ? 'dist-test' : 'dist'], { cwd: projectRoot, show: true }),
  )
  remember(outFolder, print)
  if (runtime.origin !== 'official') console.log(`package: made with a ${runtime.origin} Electron ${runtime.version}: for tests on this machine, not for release`)
}
