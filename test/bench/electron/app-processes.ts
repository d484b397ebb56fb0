import { readdirSync, readFileSync } from 'node:fs'

export interface AppProcess {
  readonly pid: number
  readonly kind: string // 'main', 'renderer', 'gpu-process', 'utility', 'zygote' …
  readonly cpuMs: number
  readonly rssMb: number
  readonly pssMb: number // memory that several processes share counts in parts
}

const TICK_MS = 10

/** The process and all that it started, directly or not. */
export function processTree(rootPid: number): readonly AppProcess[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(Number(name))]),
  )
  const isBelow = (pid: number): boolean => pid === rootPid || (parents.has(pid) && isBelow(parents.get(pid) ?? 0))
  return [...parents.keys()].filter((pid) => pid > 1 && isBelow(pid)).flatMap((pid) => processOf(pid, rootPid) ?? [])
}

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // it has ended
  }
}

const fieldsOf = (pid: number): readonly string[] => read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
const parentOf = (pid: number): number => Number(fieldsOf(pid)[1] ?? 0)
const kbOf = (text: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

function processOf(pid: number, rootPid: number): AppProcess | undefined {
  const fields = fieldsOf(pid)
  if (fields.length === 0) return undefined
  const kind = /--type=([\w-]+)/.exec(read(pid, 'cmdline'))?.[1] ?? (pid === rootPid ? 'main' : 'other')
  const memory = read(pid, 'smaps_rollup')
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
