/** Milliseconds that `work` takes. */
export async function timeMs(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

/** The durations of `times` runs, after `warmUp` that do not count. */
export async function timesMs(times: number, work: (i: number) => Promise<unknown> | unknown, warmUp = 3): Promise<readonly number[]> {
  for (let i = 0; i < warmUp; i++) await work(-1 - i)
  const durations: number[] = []
  for (let i = 0; i < times; i++) durations.push(await timeMs(() => work(i)))
  return durations
}

/** The value below which a share of the values lies (0.5 = the median). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** As many at a time as there are workers. */
export async function inParallel<T>(workers: number, items: readonly T[], work: (item: T, worker: number) => Promise<unknown>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (next < items.length) await work(items[next++] as T, worker)
    }),
  )
}
