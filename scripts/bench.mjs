/**
 * `npm run bench -- NAME …`: measures, and prints beside each figure the limit measured in the same run.
 *   NAME          one or more benches; without a name, lists them. `all` runs every one
 *   --scale S     size of the firm and length of the run, 0.01 to 1; default 1
 *   --json FILE   writes the figures as JSON too
 *   --keep        leaves the databases for the next run (default); --fresh makes them anew
 */
import { spawn } from 'node:child_process'
import { stopAllOnSignal } from './process/child-process.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

stopAllOnSignal()
try {
  await setUp()
  const child = spawn(projectNode, ['--expose-gc', inProject('test', 'bench', 'main.ts'), ...process.argv.slice(2)], { cwd: projectRoot, stdio: 'inherit' })
  process.exitCode = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
