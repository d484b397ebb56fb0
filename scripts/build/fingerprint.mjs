/** Tells whether the inputs of a build step changed since it last ran. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, inProject } from '../project-paths.mjs'

const ignored = new Set(['node_modules', 'dist', '.git'])

/**
 * @param {readonly string[]} inputs files and folders, relative to the repository; missing ones count as empty
 * @returns {string} hex; changes when a file is added, removed, resized or written to. Tests do not count.
 */
export function fingerprint(inputs) {
  const hash = createHash('sha256')
  for (const input of inputs) for (const line of describeInput(inProject(input))) hash.update(line)
  return hash.digest('hex')
}

/** @param {string} step @param {string} print */
export function isUpToDate(step, print) {
  return existsSync(stampOf(step)) && readFileSync(stampOf(step), 'utf8') === print
}

/** @param {string} step @param {string} print */
export function remember(step, print) {
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stampOf(step), print)
}

/** @param {string} step */
const stampOf = (step) => join(cacheFolder, `build-${step}.stamp`)

/** @param {string} path @returns {Generator<string>} */
function* describeInput(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isDirectory()) {
    if (!/\.test\.tsx?$/.test(path)) yield `${path} ${stats.size} ${stats.mtimeMs}\n`
    return
  }
  for (const name of readdirSync(path).sort()) if (!ignored.has(name)) yield* describeInput(join(path, name))
}
