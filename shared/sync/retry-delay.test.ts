import { expect, test } from 'vitest'
import { retryDelayMs } from './retry-delay.ts'

test('[P5] doubles from one second to five minutes', () => {
  const delays = [1, 2, 3, 8, 9, 10, 1_000].map((attempt) => retryDelayMs(attempt, () => 0.5))
  expect(delays).toEqual([1_000, 2_000, 4_000, 128_000, 256_000, 300_000, 300_000])
})

test('[P5] jitter stays within a fifth', () => {
  expect(retryDelayMs(1, () => 0)).toBe(800)
  expect(retryDelayMs(1, () => 0.999_999)).toBe(1_200)
  expect(retryDelayMs(50, () => 0.999_999)).toBeLessThanOrEqual(360_000)
})
