/**
 * The suites of `npm test`, in the order in which they run. A check that has no cases of its own counts as one.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startProcess, stopProcess } from '../process/child-process.mjs'
import { withDisplay } from '../process/display.mjs'
import { artifactsFolder, inProject, projectNode, projectRoot } from '../project-paths.mjs'
import { endToEndFailures, unitFailures } from './failures.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number, failures?: readonly string[] }} Counts `failures`: a line for each that failed, named so that it can be run again */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Suite */

/** @type {readonly Suite[]} */
export const suites = [
  { name: 'lint', run: () => runCheck('@biomejs/biome/bin/biome', ['check', '--error-on-warnings']) },
  { name: 'types', run: checkTypes },
  { name: 'unit', run: runUnitTests },
  { name: 'e2e', run: runEndToEndTests },
  { name: 'faults', run: runFaults },
  { name: 'sim', run: runSimulation },
  { name: 'planted', run: runPlantedBugs },
]

const SCRIPT_MS = 15 * 60_000

/**
 * @param {string} tool path below node_modules
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
async function runCheck(tool, args) {
  const code = await runTool(tool, args)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/**
 * Each folder against its own tsconfig, which knows only what the folder may use; counts one a folder.
 * @returns {Promise<Counts>}
 */
async function checkTypes() {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const folder of ['shared', 'main', 'renderer', 'server', 'test', 'scripts']) {
    const { passed, failed } = await runCheck('typescript/bin/tsc', ['-p', folder])
    total.passed += passed
    total.failed += failed
  }
  return total
}

/** @returns {Promise<Counts>} */
async function runUnitTests() {
  const report = freshReport('unit.json')
  const code = await runTool('vitest/vitest.mjs', ['run', '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const result = readReport(report)
  if (!result) return crashed(code)
  // A file that could not be loaded is a failed suite without a test in it.
  const brokenFiles = result.testResults.filter((/** @type {any} */ file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const skipped = result.numPendingTests + result.numTodoTests
  return withCrash({ passed: result.numPassedTests, failed: result.numFailedTests + brokenFiles, skipped, failures: unitFailures(result) }, code)
}

/** @returns {Promise<Counts>} one a seed of the simulated firm */
async function runSimulation() {
  const report = freshReport('sim.json')
  const code = await runScript('sim.mjs', ['--seed', '20001', '--seeds', '2000', '--json', report]) // from 20,000 on seeds draw all there is
  const result = readReport(report)
  return result ? withCrash({ passed: result.played - result.failed, failed: result.failed, skipped: 0 }, code) : crashed(code)
}

/** @returns {Promise<Counts>} one a planted bug that the simulation has to find */
async function runPlantedBugs() {
  const report = freshReport('planted.json')
  const code = await runScript('sim-planted.mjs', ['--known-first', '--seeds', '60', '--json', report])
  const result = readReport(report)
  return result ? withCrash({ passed: result.found, failed: result.planted - result.found, skipped: 0 }, code) : crashed(code)
}

/**
 * @param {string} script in scripts/
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit code
 */
async function runScript(script, args) {
  const child = startProcess(script, projectNode, [inProject('scripts', script), ...args], { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] })
  const tooLong = setTimeout(() => void stopProcess(child), SCRIPT_MS) // a world that goes in circles is a failure, not a wait
  const code = await child.exited
  clearTimeout(tooLong)
  return code
}

/** @returns {Promise<Counts>} */
async function runEndToEndTests() {
  if (!existsSync(inProject('test', 'e2e'))) return { passed: 0, failed: 0, skipped: 0 }
  const report = freshReport('e2e.json')
  const code = await withDisplay((env) => runTool('@playwright/test/cli.js', ['test', '--pass-with-no-tests'], env))
  const result = readReport(report)
  if (!result) return crashed(code)
  const { expected, unexpected, flaky, skipped } = result.stats
  return withCrash({ passed: expected, failed: unexpected + flaky, skipped, failures: endToEndFailures(result) }, code)
}

/** The small, fixed form of `npm run faults`: one run of each of these kinds; a run counts as a case. */
const faultKinds = ['kill app', 'kill server', 'net double-requests', 'db deleted', 'journal torn', 'server restored']

/** @returns {Promise<Counts>} */
async function runFaults() {
  const report = freshReport('faults.json')
  const runner = inProject('test', 'faults', 'run-faults.ts')
  const args = ['--runs', String(faultKinds.length), '--seed', '1', '--short', '--only', faultKinds.join(','), '--json', report]
  const code = await withDisplay(
    (env) => startProcess('faults', projectNode, [runner, ...args], { cwd: projectRoot, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] }).exited,
  )
  const result = readReport(report)
  return result ? withCrash({ ...result.counts, skipped: 0 }, code) : crashed(code)
}

/**
 * @param {string} tool path below node_modules
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] added to this process's own
 * @returns {Promise<number>} exit code
 */
function runTool(tool, args, env = {}) {
  return startProcess(tool, projectNode, [inProject('node_modules', tool), ...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  }).exited
}

/** @param {string} name @returns {string} its path; a report of an earlier run is gone */
function freshReport(name) {
  const path = join(artifactsFolder, name)
  rmSync(path, { force: true })
  return path
}

/** @param {string} path @returns {any} undefined when the runner ended before it wrote one */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {{ status: string }} assertion */
const isFailed = (assertion) => assertion.status === 'failed'

/** @param {number} code @returns {Counts} */
const crashed = (code) => withCrash({ passed: 0, failed: 0, skipped: 0 }, code || 1)

/** @param {Counts} counts @param {number} code @returns {Counts} a runner that failed although no test did counts as one failure */
const withCrash = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts)
