/**
 * `npm run attack -- --calls 10000 --seed 1`: the walls at the size of a release; docs/walls.md says what each test holds.
 *   --calls N   fuzzed messages on each channel between page and main. Default 10,000; `npm test` sends 200
 *   --files N   mutated statement files. Default 10,000; `npm test` reads 500
 *   --seed N    the same seed makes the same messages and files. Default: another one each day
 * The exit code is 0 only when every wall held.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startProcess, stopAllOnSignal, stopAllProcesses } from './process/child-process.mjs'
import { openDisplay } from './process/display.mjs'
import { secondsSince } from './process/progress.mjs'
import { artifactsFolder, inProject, projectNode, projectRoot } from './project-paths.mjs'
import { setUp } from './setup.mjs'

stopAllOnSignal()
try {
  process.exitCode = await attack(readOptions())
} catch (error) {
  console.error(`attack: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await stopAllProcesses()
}

/** @throws {Error} naming the option that is wrong */
function readOptions() {
  const { values } = parseArgs({ options: { calls: { type: 'string', default: '10000' }, files: { type: 'string', default: '10000' }, seed: { type: 'string' } } })
  const options = { calls: Number(values.calls), files: Number(values.files), seed: Number(values.seed ?? Math.floor(Date.now() / 86_400_000)) }
  for (const [name, value] of Object.entries(options)) if (!Number.isInteger(value) || value < 1 || value > 1_000_000_000) throw new Error(`--${name} is a whole number from 1`)
  return options
}

/** @param {{ calls: number, files: number, seed: number }} options @returns {Promise<number>} exit code */
async function attack({ calls, files, seed }) {
  await setUp()
  mkdirSync(artifactsFolder, { recursive: true })
  const startedMs = performance.now()
  console.log(`attack: seed ${seed}, ${calls} messages a channel, ${files} files`)
  const env = { ...process.env, ATTACK_CALLS: String(calls), ATTACK_FILES: String(files), ATTACK_SEED: String(seed), FEED_SEED: String(seed) }
  const fileCode = await runTool('vitest/vitest.mjs', ['run', '--project', 'unit', 'server/feeds'], env)
  const display = await openDisplay()
  try {
    const wallCode = await runTool('@playwright/test/cli.js', ['test', 'test/e2e/walls', '--output', inProject('artifacts', 'attack')], { ...env, ...display.env })
    console.log(`attack: ${fileCode + wallCode === 0 ? 'every wall held' : 'a wall did not hold'}, ${secondsSince(startedMs)}, seed ${seed}`)
    return fileCode + wallCode === 0 ? 0 : 1
  } finally {
    await display.stop()
  }
}

/** @param {string} tool path below node_modules @param {readonly string[]} args @param {Record<string, string | undefined>} env */
function runTool(tool, args, env) {
  return startProcess(tool, projectNode, [inProject('node_modules', tool), ...args], { cwd: projectRoot, env, stdio: ['ignore', 'inherit', 'inherit'] }).exited
}
