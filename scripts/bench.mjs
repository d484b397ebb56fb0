/**
 * `npm run bench -- NAME …`: measures, and prints beside each figure the limit measured in the same run.
 *   NAME          one or more benches; without a name, lists them. `all` runs every one
 *   --scale S     size of the firm and length of the run, 0.01 to 1; default 1
 *   --json FILE   writes the figures as JSON too
 *   --keep        leaves the databases for the next run (default); --fresh makes them anew
 */
import { buildApp } from './build.mjs'
import { startProcess } from './process/child-process.mjs'
import { withDisplay } from './process/display.mjs'
import { runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

await runMain('bench', async () => {
  const names = process.argv.slice(2)
  await setUp()
  if (names.length > 0) await buildApp()
  const args = ['--expose-gc', inProject('test', 'bench', 'main.ts'), ...names]
  return withDisplay((env) => startProcess('bench', projectNode, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'inherit' }).exited)
})
