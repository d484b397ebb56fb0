import { closeSync, existsSync, openSync, rmSync } from 'node:fs'

/** @param {string} text of `--seed` */
export function readSeed(text) {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) throw new Error(`--seed is a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not '${text}'`)
  return seed
}

/**
 * @param {string} text of `--seeds`
 * @param {number} first seed
 */
export function readCount(text, first) {
  const seeds = Number(text)
  if (!/^\d+$/.test(text) || seeds < 1) throw new Error(`--seeds is a whole number from 1 on, not '${text}'`)
  if (!Number.isSafeInteger(first + seeds - 1)) throw new Error(`there are no ${text} seeds from ${first} on`)
  return seeds
}

/** @param {string} text of `--keep`: indexes of steps, as a failure names them; 'none' where it takes no step at all */
export function checkKeep(text) {
  if (text !== 'none' && !/^\d+(,\d+)*$/.test(text)) throw new Error(`--keep is a list of steps such as 3,8,21, or none; not '${text}'`)
}

/**
 * Found out before hours are played for it.
 * @param {string} file
 * @returns {string | null}
 */
export function whyNotWritable(file) {
  const wasThere = existsSync(file)
  try {
    closeSync(openSync(file, 'a'))
    if (!wasThere) rmSync(file)
    return null
  } catch (error) {
    return `cannot write ${file}: ${error instanceof Error ? error.message : error}`
  }
}
