import { existsSync, readFileSync } from 'node:fs'
import { startProcess, wasInterrupted } from '../process/child-process.mjs'
import { endNow } from '../process/end-now.mjs'
import { inProject, projectNode, projectRoot } from '../project-paths.mjs'

/** @typedef {{ name: string, seed: number, rule: string, violations: readonly string[], command: string, steps: readonly string[] }} Failure */
/**
 * @typedef {{ played: number, failed: number, failures: readonly Failure[], hashes: Readonly<Record<string, string>>,
 *   counts: Readonly<Record<string, number>>, faults: Readonly<Record<string, number>> }} ShareReport
 */
/** @typedef {{ played: number, failed: number, seed: number }} Progress what was played before `seed`, which is being played */

/** A world that stands still within one task fails too; a seed takes well under a second, its shrinking some. */
const STANDS_STILL_MS = 15 * 60_000

/**
 * Plays every `stride`-th seed in a process of its own, which ends behind the one that it plays where it is asked to. Where that ends without a report, or stands still, the seed that it was
 * playing has failed, and those behind it were not played.
 * @param {{ report: string, first: number, seeds: number, stride: number, args: readonly string[] }} share
 * @returns {{ now: Progress, report: Promise<ShareReport> }} `now` moves on
 */
export function playShare({ report, first, seeds, stride, args }) {
  const now = { played: 0, failed: 0, seed: first }
  const command = ['--max-semi-space-size=64', inProject('test', 'sim', 'play.ts'), '--seed', `${first}`, '--seeds', `${seeds}`, '--stride', `${stride}`, '--json', report, ...args]
  const { child, exited } = startProcess('sim', projectNode, command, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let standsStill = false
  const watch = setTimeout(() => {
    standsStill = true
    endNow(child.pid)
  }, STANDS_STILL_MS)
  child.on('message', (/** @type {Progress} */ progress) => {
    Object.assign(now, progress)
    watch.refresh()
  })
  const ended = exited.then((code) => {
    clearTimeout(watch)
    if (existsSync(report)) return JSON.parse(readFileSync(report, 'utf8'))
    return unfinished(now, args, standsStill ? `stands still for ${STANDS_STILL_MS / 60_000} min` : `ended its process with ${code}`)
  })
  return { now, report: ended }
}

/**
 * @param {Progress} now
 * @param {readonly string[]} args
 * @param {string} what
 * @returns {ShareReport}
 */
function unfinished({ played, failed, seed }, args, what) {
  if (wasInterrupted()) return { played, failed, failures: [], hashes: {}, counts: {}, faults: {} } // ended before it could tell
  const name = `seed ${seed}`
  const failure = { name, seed, rule: 'no end', violations: [what], command: args.includes('--kept') ? 'npm run sim -- --kept' : `npm run sim -- --seed ${seed}`, steps: [] }
  console.log(`${name} FAILED: ${what}; what this process had still to play was not played`)
  return { played: played + 1, failed: failed + 1, failures: [failure], hashes: {}, counts: {}, faults: {} }
}
