import { familyOf, readOfProcess, statFieldsOf } from '../../support/processes.ts'

export interface AppProcess {
  readonly pid: number
  readonly kind: string // 'main', 'renderer', 'gpu-process', 'utility', 'zygote' …
  readonly cpuMs: number
  readonly rssMb: number
  readonly pssMb: number // memory that several processes share counts in parts
}

const TICK_MS = 10

/** The process and all that it started, directly or not. */
export const processTree = (rootPid: number): readonly AppProcess[] => familyOf(rootPid).flatMap((pid) => processOf(pid, rootPid) ?? [])

const kbOf = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

function processOf(pid: number, rootPid: number): AppProcess | undefined {
  const fields = statFieldsOf(pid)
  if (fields.length === 0) return undefined
  const kind = /--type=([\w-]+)/.exec(readOfProcess(pid, 'cmdline'))?.[1] ?? (pid === rootPid ? 'main' : 'other')
  const memory = readOfProcess(pid, 'smaps_rollup')
  const cpuMs = (Number(fields[11]) + Number(fields[12])) * TICK_MS
  return { pid, kind, cpuMs, rssMb: kbOf(memory, 'Rss') / 1_024, pssMb: kbOf(memory, 'Pss') / 1_024 }
}

/** '12.3 s renderer, …' since the earlier look. */
export function cpuSince(before: readonly AppProcess[], after: readonly AppProcess[]): string {
  const earlier = new Map(before.map(({ pid, cpuMs }) => [pid, cpuMs]))
  return after
    .map(({ pid, kind, cpuMs }) => ({ kind, s: (cpuMs - (earlier.get(pid) ?? 0)) / 1_000 }))
    .filter(({ s }) => s >= 0.1)
    .map(({ kind, s }) => `${s.toFixed(1)} s ${kind}`)
    .join(', ')
}
