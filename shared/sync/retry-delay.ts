const FIRST_MS = 1_000
const LONGEST_MS = 300_000

/**
 * Wait before the next attempt: doubles from 1 s, capped at 5 min, ±20 % jitter.
 * @param attempt 1 for the first retry; integer ≥ 1
 * @param random uniform in [0, 1); tests pass a fixed one
 * @returns milliseconds, 800…360_000. Never throws.
 * @see docs/spec/sync.md P5 (a restarted server must not be hit by all devices at once)
 */
export function retryDelayMs(attempt: number, random: () => number): number {
  return Math.round(Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS) * (0.8 + 0.4 * random()))
}
