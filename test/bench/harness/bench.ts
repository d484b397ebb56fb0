/** One measured figure. With a limit, the goal is for value / limit; without one, for the value itself. */
export interface Figure {
  readonly what: string
  readonly value: number
  readonly unit: 'ms' | 's' | 'B' | 'kB' | 'MB' | '/s' | ''
  /** What no design could beat on this machine, measured in the same run. */
  readonly limit?: { readonly what: string; readonly value: number }
  readonly goal?: { readonly most: number } | { readonly least: number }
}

export interface BenchContext {
  /** 1 = full size and length; smaller shrinks both. */
  readonly scale: number
  /** A folder of this run, removed at its end. */
  readonly folder: string
  readonly say: (line: string) => void
  /** Runs at the end of the bench, last one first, whatever happens. */
  readonly defer: (work: () => Promise<unknown> | unknown) => void
}

export interface Bench {
  readonly name: string
  readonly about: string
  /** Of a run that names no scale; absent = 1. */
  readonly usualScale?: number
  /** Loaded only when the bench runs: some need Electron or a browser's globals. */
  readonly load: () => Promise<{ readonly run: (context: BenchContext) => Promise<readonly Figure[]> }>
}

/** How a figure stands to its goal; undefined where it has none. */
export function isMet({ value, limit, goal }: Figure): boolean | undefined {
  if (!goal) return undefined
  const judged = limit ? value / limit.value : value
  return 'most' in goal ? judged <= goal.most : judged >= goal.least
}
