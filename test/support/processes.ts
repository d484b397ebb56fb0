/**
 * Processes of this machine as Linux tells of them (proc(5)). They end while one looks: what has ended is empty and has no
 * parent, and a signal to it is none.
 */
import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { waitFor } from './wait-for.ts'

/** @throws where the program could not be started; 0 in the place of its number would name the caller's own group */
export function pidOf({ pid, spawnfile }: ChildProcess): number {
  if (pid === undefined) throw new Error(`${spawnfile} could not be started`)
  return pid
}

export const listPids = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

/** @returns '' when the process has ended, also between the opening of its file and the reading */
export function readOfProcess(pid: number, file: 'cmdline' | 'coredump_filter' | 'environ' | 'smaps_rollup' | 'stat' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

/** What stands behind the name in `stat`: state, parent, … The name itself may hold spaces and brackets. */
export const statFieldsOf = (pid: number): readonly string[] => {
  const stat = readOfProcess(pid, 'stat')
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** @returns 0 when the process has ended */
export const parentOf = (pid: number): number => Number(statFieldsOf(pid)[1] ?? 0)

export const childrenOf = (parent: number): readonly number[] => listPids().filter((pid) => parentOf(pid) === parent)

/** The process and all that it started, directly or not. */
export function familyOf(root: number): readonly number[] {
  const parents = new Map(listPids().map((pid) => [pid, parentOf(pid)]))
  const isOfFamily = (pid: number): boolean => pid === root || (parents.has(pid) && isOfFamily(parents.get(pid) ?? 0))
  return [...parents.keys()].filter(isOfFamily)
}

/** @param signal 0 only asks @returns whether there was somebody to hear it */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false // ended meanwhile
  }
}

/** One that has ended and waits for its parent to notice is gone: in a container that may be for ever. */
export const isAlive = (pid: number): boolean => signalProcess(pid, 0) && statFieldsOf(pid)[0] !== 'Z'

/** Ends exactly this process, and waits until it is gone. */
export async function endProcess(pid: number, signal: 'SIGTERM' | 'SIGKILL', withinMs = 20_000): Promise<void> {
  if (signalProcess(pid, signal)) await waitFor(`the end of process ${pid}`, () => (isAlive(pid) ? undefined : true), { withinMs })
}
