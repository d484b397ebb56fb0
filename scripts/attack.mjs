/**
 * `npm run attack -- --calls 10000 --seed 1`: the walls at the size of a release; docs/walls.md says what each test holds.
 *   --calls N   fuzzed messages on each channel between page and main. Default 10,000; `npm test` sends 200
 *   --part K/N  the K-th of N parts of the channels, where one run of 25 minutes is too long. Default: all
 *   --files N   mutated statement files. Default 10,000; `npm test` reads 500
 *   --seed N    the same seed makes the same messages and files. Default: another one each day
 * `npm run attack -- outcome-rules --sequences 100000`: the rules of money alone, in as many random sequences of an office's commands.
 * The exit code is 0 only when every wall held.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startProcess } from './process/child-process.mjs'
import { withDisplay } from './process/display.mjs'
import { secondsSince } from './process/progress.mjs'
import { runMain } from './process/run-main.mjs'
import { artifactsFolder, inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

await runMain('attack', async () => {
  const options = readOptions()
  return options.isMoneyAlone ? attackMoney(options) : attack(options)
})

/** @throws {Error} naming the option that is wrong */
function readOptions() {
  const number = { type: /** @type {const} */ ('string'), default: '10000' }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { calls: number, files: number, sequences: { ...number, default: '100000' }, part: { type: 'string', default: '1/1' }, seed: { type: 'string' } },
  })
  const options = {
    calls: Number(values.calls),
    files: Number(values.files),
    sequences: Number(values.sequences),
    seed: Number(values.seed ?? Math.floor(Date.now() / 86_400_000)),
  }
  for (const [name, value] of Object.entries(options)) if (!Number.isInteger(value) || value < 1 || value > 1_000_000_000) throw new Error(`--${name} is a whole number from 1`)
  if (!/^[1-9]\d?\/[1-9]\d?$/.test(values.part)) throw new Error('--part is K/N, for example 2/6')
  if (positionals.some((name) => name !== 'outcome-rules')) throw new Error('outcome-rules is all that can be attacked alone')
  return { ...options, part: values.part, isMoneyAlone: positionals.length > 0 }
}

/** @param {{ calls: number, files: number, seed: number, part: string }} options @returns {Promise<number>} exit code */
async function attack({ calls, files, seed, part }) {
  await setUp()
  mkdirSync(artifactsFolder, { recursive: true })
  const startedMs = performance.now()
  console.log(`attack: seed ${seed}, ${calls} messages a channel, ${files} files`)
  const env = { ...process.env, ATTACK_CALLS: String(calls), ATTACK_FILES: String(files), ATTACK_SEED: String(seed), ATTACK_PART: part, FEED_SEED: String(seed) }
  const fileCode = await runTool('vitest/vitest.mjs', ['run', '--project', 'unit', 'server/feeds'], env)
  const wallCode = await withDisplay((display) =>
    runTool('@playwright/test/cli.js', ['test', 'test/e2e/walls', '--output', inProject('artifacts', 'attack')], { ...env, ...display }),
  )
  console.log(`attack: ${fileCode + wallCode === 0 ? 'every wall held' : 'a wall did not hold'}, ${secondsSince(startedMs)}, seed ${seed}`)
  return fileCode + wallCode === 0 ? 0 : 1
}

/** @param {{ sequences: number, seed: number }} options @returns {Promise<number>} exit code */
async function attackMoney({ sequences, seed }) {
  await setUp()
  const env = { ...process.env, ATTACK_SEQUENCES: String(sequences), ATTACK_SEED: String(seed) }
  return runTool('vitest/vitest.mjs', ['run', '--project', 'unit', 'test/matrix/outcome-sequences.test.ts'], env)
}

/** @param {string} tool path below node_modules @param {readonly string[]} args @param {Record<string, string | undefined>} env */
function runTool(tool, args, env) {
  return startProcess(tool, projectNode, [inProject('node_modules', tool), ...args], { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'inherit'] }).exited
}
