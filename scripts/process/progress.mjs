/** Progress lines of the scripts: what is done, and how long it took. */

/** @param {number} sinceMs value of `performance.now()` at the start */
export const secondsSince = (sinceMs) => `${((performance.now() - sinceMs) / 1_000).toFixed(1)} s`

/**
 * @template T
 * @param {string} label what is being done, e.g. 'setup: npm ci'
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function timed(label, work) {
  const startedMs = performance.now()
  console.log(`${label} …`)
  const value = await work()
  console.log(`${label}: ${secondsSince(startedMs)}`)
  return value
}
