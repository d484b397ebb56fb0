/**
 * `npm run sim:planted [-- --json FILE]`: tests the simulation with bugs planted on purpose (test/sim/planted/*.patch).
 *   --seeds N      seeds to find each one in, 1000
 *   --seed S       the first of them, 20001
 *   --known-first  the seed that its patch names before all others
 *   --record       writes into each patch which seed found it
 *   --only A,B     some of them
 *   --apply-only   only whether each patch still applies
 */
import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startProcess } from './process/child-process.mjs'
import { runMain } from './process/run-main.mjs'
import { inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'
import { readCount, readSeed, whyNotWritable } from './sim/sim-options.mjs'

const options = /** @type {const} */ ({
  seed: { type: 'string', default: '20001' },
  seeds: { type: 'string', default: '1000' },
  'known-first': { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
  only: { type: 'string' },
  json: { type: 'string' },
  workers: { type: 'string', default: '2' },
  'apply-only': { type: 'boolean', default: false },
})

await runMain('sim:planted', async () => {
  checkOptions(parseArgs({ options }).values)
  await setUp()
  const args = [inProject('test', 'sim', 'plant.ts'), ...process.argv.slice(2)]
  return startProcess('sim:planted', projectNode, args, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] }).exited
})

/**
 * What test/sim/plant.ts is handed as it came. Throws where it would play something else than was asked for.
 * @param {{ seed: string, seeds: string, workers: string, only?: string, json?: string }} values
 */
function checkOptions({ seed, seeds, workers, only, json }) {
  readCount(seeds, readSeed(seed))
  if (!/^[1-9]\d?$/.test(workers)) throw new Error(`--workers is a number from 1 to 99, not '${workers}'`)
  const planted = readdirSync(inProject('test', 'sim', 'planted'))
  for (const name of only?.split(',') ?? []) if (!planted.includes(`${name}.patch`)) throw new Error(`no bug '${name}' is planted; test/sim/planted has their names`)
  const why = json === undefined ? null : whyNotWritable(json)
  if (why) throw new Error(why)
}
