import { closeSync, openSync, readFileSync, readlinkSync, readSync } from 'node:fs'
import { listPids, parentOf, readOfProcess } from '../support/processes.ts'
import type { Needle } from './find-text.ts'

export interface MemoryHit {
  readonly process: string // 'browser', 'renderer', 'gpu-process', 'utility network.mojom.NetworkService' …
  readonly kind: string
  readonly encoding: string
  readonly count: number
  readonly region: string // of the first one
}

const CHUNK_BYTES = 4 << 20
const PAGE_BYTES = 4_096

/** Every process of the app that works on this profile, also one that has started itself anew. */
export function listProcesses(userData: string): readonly number[] {
  const isOurs = (pid: number) => {
    try {
      return /electron$|rapport$/.test(readlinkSync(`/proc/${pid}/exe`)) && readOfProcess(pid, 'environ').includes(`RAPPORT_USER_DATA=${userData}\0`)
    } catch {
      return false // ended meanwhile, or the system's
    }
  }
  const pids = listPids()
  const found = pids.filter(isOurs)
  const parents = pids.map((pid) => [pid, parentOf(pid)] as const)
  // Chromium overwrites the environment of some processes with their names: those are known by their parents.
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid && !found.includes(child)) found.push(child)
  return found
}

function roleOf(pid: number): string {
  const args = readOfProcess(pid, 'cmdline').split(/[\0 ]/)
  const find = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''
  return `${find('type') || 'main'} ${find('utility-sub-type')}`.trim()
}

/** Reads all memory of every process of the app, as a debugger of the same user (or a cold-boot image) would. */
export function scanMemory(userData: string, needles: readonly Needle[]): readonly MemoryHit[] {
  return listProcesses(userData).flatMap((pid) => {
    try {
      return scanProcess(pid, needles)
    } catch {
      return [] // ended meanwhile
    }
  })
}

function scanProcess(pid: number, needles: readonly Needle[]): readonly MemoryHit[] {
  const process = roleOf(pid)
  const hits = new Map<Needle, MemoryHit>()
  const longest = Math.max(...needles.map(({ bytes }) => bytes.length))
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r')
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [range = '', mode = '', , , inode, path = ''] = line.split(/\s+/)
      if (!mode.startsWith('r') || path === '[vvar]' || (mode[1] !== 'w' && inode !== '0')) continue // code and files that were mapped to be read
      const [start = 0n, end = 0n] = range.split('-').map((text) => BigInt(`0x${text}`))
      for (const chunk of chunksOf(memory, pagemap, start, end, longest)) {
        for (const needle of needles) {
          const count = countIn(chunk, needle.bytes)
          if (count > 0)
            hits.set(needle, {
              process,
              kind: needle.kind,
              encoding: needle.encoding,
              count: (hits.get(needle)?.count ?? 0) + count,
              region: hits.get(needle)?.region ?? `${range} ${mode} ${path}`,
            })
        }
      }
    }
  } finally {
    closeSync(memory)
    closeSync(pagemap)
  }
  return [...hits.values()]
}

/** The pages that are in memory, in runs; neighbours overlap by the longest needle. */
function* chunksOf(memory: number, pagemap: number, start: bigint, end: bigint, overlap: number): Generator<Buffer> {
  const buffer = Buffer.alloc(CHUNK_BYTES)
  for (const [from, to] of presentRuns(pagemap, Number(start) / PAGE_BYTES, Number(end) / PAGE_BYTES)) {
    const runEnd = to * PAGE_BYTES
    for (let at = from * PAGE_BYTES; at < runEnd; at += CHUNK_BYTES - overlap) {
      try {
        yield buffer.subarray(0, readSync(memory, buffer, 0, Math.min(CHUNK_BYTES, runEnd - at), BigInt(at)))
      } catch {
        break // unmapped meanwhile
      }
    }
  }
}

/** @see https://docs.kernel.org/admin-guide/mm/pagemap.html: bit 63 = in memory, bit 62 = swapped out */
function* presentRuns(pagemap: number, firstPage: number, endPage: number): Generator<readonly [number, number]> {
  const entries = Buffer.alloc(8 * 65_536)
  let runStart = -1
  for (let page = firstPage; page < endPage; page += 65_536) {
    const count = Math.min(65_536, endPage - page)
    readSync(pagemap, entries, 0, count * 8, BigInt(page) * 8n)
    for (let i = 0; i < count; i++) {
      const isPresent = ((entries[i * 8 + 7] ?? 0) & 0xc0) !== 0
      if (isPresent && runStart < 0) runStart = page + i
      else if (!isPresent && runStart >= 0) {
        yield [runStart, page + i]
        runStart = -1
      }
    }
  }
  if (runStart >= 0) yield [runStart, endPage]
}

function countIn(bytes: Buffer, needle: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) count += 1
  return count
}
