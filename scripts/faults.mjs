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
import { startProcess } from './process/child-process.mjs'
import { withDisplay } from './process/display.mjs'
import { runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

await runMain('faults', async () => {
  await setUp()
  await buildApp()
  const args = [inProject('test', 'faults', 'run-faults.ts'), ...process.argv.slice(2)]
  return withDisplay((env) => startProcess('faults', projectNode, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] }).exited)
})
