/**
 * `npm test`: everything that must hold, in one go. Every suite runs, also after a failure. The last line of stdout is
 * `N passed, N failed`; the exit code is 0 only when nothing failed and something passed.
 *   --only lint|types|unit|e2e|faults|sim|planted   some suites only, separated by commas
 */
import { mkdirSync } from 'node:fs'
import { buildApp } from './build.mjs'
import { stopAllOnSignal, stopAllProcesses } from './process/child-process.mjs'
import { secondsSince } from './process/progress.mjs'
import { artifactsFolder } from './project-paths.mjs'
import { setUp } from './setup.mjs'
import { suites } from './test/suites.mjs'

stopAllOnSignal()
mkdirSync(artifactsFolder, { recursive: true })
const chosen = chooseSuites(process.argv.slice(2))
/** @type {{ name: string, passed: number, failed: number, skipped: number, failures?: readonly string[], took: string }[]} */
const results = []
if (await runStep('setup', async () => void (await setUp()))) {
  if (chosen.some((suite) => ['e2e', 'faults'].includes(suite.name))) await runStep('build', () => buildApp())
  for (const suite of chosen) await runSuite(suite)
}
printSummary()

/** @param {readonly string[]} args */
function chooseSuites(args) {
  const at = args.findIndex((argument) => argument === '--only' || argument.startsWith('--only='))
  if (at < 0) return suites
  const names = (args[at]?.split('=')[1] ?? args[at + 1] ?? '').split(',')
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    console.error(`test: no suite ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}`)
    process.exit(64)
  }
  return suites.filter((suite) => names.includes(suite.name))
}

/**
 * A step that has nothing to count; it appears in the results only when it fails.
 * @param {string} name
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it succeeded
 */
async function runStep(name, work) {
  const startedMs = performance.now()
  try {
    await work()
    return true
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : error}`)
    results.push({ name, passed: 0, failed: 1, skipped: 0, took: secondsSince(startedMs) })
    return false
  }
}

/** @param {import('./test/suites.mjs').Suite} suite */
async function runSuite(suite) {
  const startedMs = performance.now()
  console.log(`\n── ${suite.name} ${'─'.repeat(100 - suite.name.length)}`)
  await runStep(suite.name, async () => {
    results.push({ name: suite.name, ...(await suite.run()), took: secondsSince(startedMs) })
  })
  await stopAllProcesses()
}

function printSummary() {
  console.log(`\n── summary ${'─'.repeat(93)}`)
  for (const { name, passed, failed, skipped, took } of results) {
    console.log(`${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped  ${took}`)
  }
  // Last, because a machine that runs this for others may keep only the end of what it printed.
  for (const { name, failures = [] } of results) for (const failure of failures) console.log(`failed: ${name}: ${failure}`)
  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failed, 0)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
  console.log(`${passed} passed, ${failed} failed`)
}
