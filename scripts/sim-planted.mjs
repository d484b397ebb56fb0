/**
 * `npm run sim:planted [-- --json FILE]`: tests the simulation with bugs planted on purpose (test/sim/planted/*.patch).
 *   --seeds N      seeds to find each one in, 1000
 *   --seed S       the first of them, 20001
 *   --known-first  the seed that its patch names before all others
 *   --record       writes into each patch which seed found it
 *   --only A,B     some of them
 *   --apply-only   only whether each patch still applies
 */
import { startProcess } from './process/child-process.mjs'
import { runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

await runMain('sim:planted', async () => {
  await setUp()
  const args = [inProject('test', 'sim', 'plant.ts'), ...process.argv.slice(2)]
  return startProcess('sim:planted', projectNode, args, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] }).exited
})
