/**
 * `npm run bench -- NAME …`: measures, and prints beside each figure the limit measured in the same run.
 *   NAME          one or more benches; without a name, lists them. `all` runs every one
 *   --scale S     size of the firm and length of the run, 0.01 to 1; default 1
 *   --json FILE   writes the figures as JSON too
 *   --keep        leaves the databases for the next run (default); --fresh makes them anew
 */
import { buildApp } from './build.mjs'
import { startProcess, stopAllOnSignal, stopAllProcesses } from './process/child-process.mjs'
import { openDisplay } from './process/display.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

stopAllOnSignal()
try {
  const names = process.argv.slice(2)
  await setUp()
  if (names.length > 0) await buildApp()
  const display = await openDisplay()
  const args = ['--expose-gc', inProject('test', 'bench', 'main.ts'), ...names]
  const bench = startProcess('bench', projectNode, args, { cwd: projectRoot, env: { ...process.env, ...display.env }, stdio: 'inherit' })
  process.exitCode = await bench.exited
  await display.stop()
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
}
