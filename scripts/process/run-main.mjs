/** The frame of every script: one line says why it failed, what it started ends with it, and the exit code is set. */
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { inProject, projectNode, projectRoot } from '../project-paths.mjs'
import { stopAllOnSignal, stopAllProcesses, wasInterrupted } from './child-process.mjs'

/** Whether node was started with this module, not with one that imports it. @param {string} moduleUrl its `import.meta.url` */
export const isMain = (moduleUrl) => moduleUrl === pathToFileURL(process.argv[1] ?? '').href

/**
 * @param {string} name as in package.json; stands before the message
 * @param {() => Promise<unknown>} work a number that it answers is the exit code
 * @param {{ failedCode?: number }} [options] failedCode: the exit code where it throws
 */
export async function runMain(name, work, { failedCode = 1 } = {}) {
  stopAllOnSignal()
  try {
    const answer = await work()
    process.exitCode = typeof answer === 'number' ? answer : 0
  } catch (error) {
    if (!wasInterrupted()) console.error(`${name}: ${error instanceof Error ? error.message : error}`)
    process.exitCode = failedCode
  } finally {
    await stopAllProcesses()
  }
}

/**
 * Runs a program of the project with this script's arguments: in this process group, so that it may ask for a passphrase on the
 * terminal, and in the folder where the person is, which npm leaves.
 * @param {...string} path of the program
 * @returns {number} its exit code; 1 for a signal
 */
export function runInForeground(...path) {
  const { status } = spawnSync(projectNode, [inProject(...path), ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? projectRoot, stdio: 'inherit' })
  return status ?? 1
}
