/**
 * What failed, a line each, from the reports of the test runners: the file, the test's full name and the first line of its error.
 */
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { projectRoot } from '../project-paths.mjs'

const MESSAGE_LENGTH = 300

/**
 * @param {any} report what vitest's json reporter wrote
 * @returns {string[]} a file that could not be loaded appears with its own error
 */
export function unitFailures(report) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    if (file.status !== 'failed') return []
    const failed = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed')
    if (failed.length === 0) return [line(file.name, 'the file', file.message)]
    return failed.map((/** @type {any} */ test) => line(file.name, test.fullName, test.failureMessages[0]))
  })
}

/**
 * @param {any} report what Playwright's json reporter wrote
 * @returns {string[]} with the tests that passed only when they were tried again
 */
export function endToEndFailures(report) {
  return report.suites.flatMap((/** @type {any} */ suite) => failuresIn(report.config.rootDir, suite, []))
}

/**
 * @param {string} folder that the runner's file names are relative to
 * @param {any} suite
 * @param {readonly string[]} titles of the suites around it
 * @returns {string[]}
 */
function failuresIn(folder, suite, titles) {
  const inner = (suite.suites ?? []).flatMap((/** @type {any} */ child) => failuresIn(folder, child, [...titles, child.title]))
  const failed = (suite.specs ?? []).filter((/** @type {any} */ spec) => spec.tests.some((/** @type {any} */ test) => ['unexpected', 'flaky'].includes(test.status)))
  return [...failed.map((/** @type {any} */ spec) => line(join(folder, spec.file), [...titles, spec.title].join(' › '), firstError(spec))), ...inner]
}

/** @param {any} spec */
const firstError = (spec) => spec.tests.flatMap((/** @type {any} */ test) => test.results).find((/** @type {any} */ result) => result.error)?.error.message

/**
 * @param {string} file absolute
 * @param {string} test
 * @param {string} [message]
 */
function line(file, test, message = 'no message') {
  const firstLine = stripVTControlCharacters(message).split('\n', 1)[0] ?? ''
  return `${relative(projectRoot, file)} › ${test}: ${firstLine.slice(0, MESSAGE_LENGTH)}`
}
