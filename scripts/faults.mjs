/**
 * `npm run faults -- --runs 20`: the real app, server and PostgreSQL, while processes are killed and held, the line breaks,
 * the disk is full, files are lost or changed, clocks jump, and the server comes out of a backup. Compares what the app said with
 * what the server has; anything lost, doubled or missing is exit code 1.
 *   --runs N     one run is one kind of fault on a firm of its own, 20 to 90 s. Default 6
 *   --seed S     which kinds, and when; a run that fails prints its own
 *   --only KIND  kinds whose names begin so, separated by commas
 *   --json FILE  all figures
 */
import { buildApp } from './build.mjs'
import { startProcess, stopAllOnSignal, stopAllProcesses } from './process/child-process.mjs'
import { openDisplay } from './process/display.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

stopAllOnSignal()
try {
  await setUp()
  await buildApp()
  const display = await openDisplay()
  const args = [inProject('test', 'faults', 'run-faults.ts'), ...process.argv.slice(2)]
  const run = startProcess('faults', projectNode, args, { cwd: projectRoot, env: { ...process.env, ...display.env }, stdio: ['ignore', 'inherit', 'inherit'] })
  process.exitCode = await run.exited
  await display.stop()
} catch (error) {
  console.error(`faults: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
}
