import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { world } from './globals.ts'
import type { Random } from './random.ts'

/** Everything below this folder lies on simulated disks: '/sim/<machine>/…'. */
export const SIM_ROOT = '/sim/'

interface Inode {
  bytes: Buffer // as programs see it
  durable: Buffer // as a crash leaves it at least
  changes: Change[] // since the last sync, oldest first
}
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

/** One machine's disk: what was not synced may be lost in a crash, the last write half of it. */
export class Disk {
  readonly #files = new Map<string, Inode>() // names as programs see them
  #durableNames = new Map<string, Inode>()
  isFull = false
  /** A sync answers, but keeps nothing. */
  doesSyncLie = false
  readonly #random: Random
  /** Called before ('op') and after ('op done') each operation; may end the process. */
  onOperation: (label: string) => void = () => undefined
  lies = 0

  constructor(random: Random) {
    this.#random = random
  }

  get(path: string): Inode | undefined {
    return this.#files.get(path)
  }

  list(): readonly string[] {
    return [...this.#files.keys()]
  }

  create(path: string): Inode {
    const inode: Inode = { bytes: Buffer.alloc(0), durable: Buffer.alloc(0), changes: [] }
    this.#files.set(path, inode)
    return inode
  }

  write(inode: Inode, at: number, bytes: Uint8Array): void {
    if (this.isFull) {
      const part = Buffer.from(bytes.subarray(0, this.#random.int(0, bytes.length - 1)))
      applyChange(inode, { at, bytes: part })
      throw systemError('ENOSPC')
    }
    applyChange(inode, { at, bytes: Buffer.from(bytes) })
  }

  truncate(inode: Inode, length: number): void {
    applyChange(inode, { length })
  }

  sync(inode: Inode): void {
    if (this.doesSyncLie) {
      this.lies++
      return
    }
    inode.durable = Buffer.from(inode.bytes)
    inode.changes = []
  }

  rename(from: string, to: string): void {
    const inode = this.#files.get(from)
    if (!inode) throw systemError('ENOENT')
    this.#files.delete(from)
    this.#files.set(to, inode)
  }

  remove(path: string): void {
    this.#files.delete(path)
  }

  syncNames(): void {
    if (!this.doesSyncLie) this.#durableNames = new Map(this.#files)
  }

  /** What the machine finds after it stopped at this instant. A program that ends alone loses nothing: `isPowerCut` false. */
  crash(isPowerCut: boolean): void {
    if (!isPowerCut) return
    const names = this.#random.chance(0.5) ? this.#files : this.#durableNames
    for (const inode of names.values()) {
      const kept = this.#random.int(0, inode.changes.length)
      let bytes = inode.durable
      for (const change of inode.changes.slice(0, kept)) bytes = changed(bytes, change)
      const torn = inode.changes[kept]
      if (torn && 'bytes' in torn && this.#random.chance(0.5)) bytes = changed(bytes, { at: torn.at, bytes: torn.bytes.subarray(0, this.#random.int(0, torn.bytes.length)) })
      Object.assign(inode, { bytes, durable: Buffer.from(bytes), changes: [] })
    }
    const left = [...names]
    this.#files.clear()
    for (const [name, inode] of left) this.#files.set(name, inode)
    this.#durableNames = new Map(this.#files)
  }
}

function changed(bytes: Buffer, change: Change): Buffer {
  if ('length' in change) return change.length <= bytes.length ? Buffer.from(bytes.subarray(0, change.length)) : Buffer.concat([bytes, Buffer.alloc(change.length - bytes.length)])
  const next = Buffer.alloc(Math.max(bytes.length, change.at + change.bytes.length))
  bytes.copy(next)
  change.bytes.copy(next, change.at)
  return next
}

function applyChange(inode: Inode, change: Change): void {
  inode.bytes = changed(inode.bytes, change)
  inode.changes.push(change)
}

const systemError = (code: string): Error => Object.assign(new Error(code), { code })

/** Disks by machine, for the patched file functions. */
export const disks = new Map<string, Disk>()

const diskOf = (path: string): Disk => {
  const disk = disks.get(path.slice(SIM_ROOT.length).split('/')[0] ?? '')
  if (!disk) throw systemError('ENODEV')
  return disk
}

/** An operation takes a moment; the process may end before it or right after it, before anybody hears of it. */
async function operate<T>(disk: Disk, label: string, work: () => T): Promise<T> {
  await world.scheduler.sleep(0.2, `disk ${label}`)
  disk.onOperation(label)
  if (!world.scheduler.current.isAlive) return new Promise(() => undefined)
  try {
    return work()
  } finally {
    disk.onOperation(`${label} done`)
    if (!world.scheduler.current.isAlive) await new Promise(() => undefined)
  }
}

function handleOf(disk: Disk, inode: Inode, label: string, syncsWrites: boolean) {
  let isClosed = false
  const run = <T>(name: string, work: () => T) =>
    operate(disk, `${name} ${label}`, () => {
      if (isClosed) throw systemError('EBADF')
      return work()
    })
  let end = 0
  return {
    async write(bytes: Uint8Array, offset = 0, length = bytes.length, position: number | null = null) {
      const at = position ?? end
      await run('write', () => disk.write(inode, at, bytes.subarray(offset, offset + length)))
      if (syncsWrites) await run('sync', () => disk.sync(inode))
      end = at + length
      return { bytesWritten: length, buffer: bytes }
    },
    writeFile: (data: Uint8Array | string) => run('write', () => disk.write(inode, 0, typeof data === 'string' ? Buffer.from(data, 'utf8') : data)),
    readFile: () => run('read', () => Buffer.from(inode.bytes)),
    stat: () => run('stat', () => ({ size: inode.bytes.length })),
    truncate: (length = 0) => run('truncate', () => disk.truncate(inode, length)),
    datasync: () => run('sync', () => disk.sync(inode)),
    sync: () => run('sync', () => disk.sync(inode)),
    close: async () => {
      isClosed = true
    },
  }
}

const isFolder = (disk: Disk, path: string): boolean => !disk.get(path) && disk.list().some((name) => name.startsWith(`${path}/`))

const simulated: Readonly<Record<string, (disk: Disk, path: string, ...rest: never[]) => Promise<unknown>>> = {
  /** @param asked as text, or as a number: an existing file for reading and writing */
  async open(disk: Disk, path: string, asked: string | number = 'r') {
    const flags = typeof asked === 'string' ? asked : 'r+'
    const syncsWrites = typeof asked === 'number' && (asked & fs.constants.O_DSYNC) !== 0
    if (isFolder(disk, path) || path.split('/').length === 3) return { sync: () => operate(disk, 'sync folder', () => disk.syncNames()), close: async () => undefined }
    if (disk.isFull && flags.startsWith('w') && !disk.get(path)) throw systemError('ENOSPC')
    const known = disk.get(path)
    if (!known && !flags.startsWith('w') && !flags.startsWith('a')) throw systemError('ENOENT')
    const inode = known ?? disk.create(path)
    if (flags.startsWith('w')) disk.truncate(inode, 0)
    return handleOf(disk, inode, path.split('/').slice(3).join('/'), syncsWrites)
  },
  readFile: (disk, path) =>
    operate(disk, 'read', () => {
      const inode = disk.get(path)
      if (!inode) throw systemError('ENOENT')
      return Buffer.from(inode.bytes)
    }),
  stat: async (disk, path) => {
    const inode = disk.get(path)
    if (!inode) throw systemError('ENOENT')
    return { size: inode.bytes.length, isFile: () => true, isDirectory: () => false }
  },
  readdir: async (disk, path) => [...new Set(disk.list().flatMap((name) => (name.startsWith(`${path}/`) ? [name.slice(path.length + 1).split('/')[0] ?? ''] : [])))],
  mkdir: async () => undefined,
  rm: async (disk, path) => operate(disk, 'remove', () => disk.remove(path)),
  unlink: async (disk, path) => operate(disk, 'remove', () => disk.remove(path)),
  rename: ((disk: Disk, from: string, to: string) => operate(disk, 'rename', () => disk.rename(from, to))) as never,
  copyFile: ((disk: Disk, from: string, to: string) =>
    operate(disk, 'copy', () => {
      const source = disk.get(from)
      if (!source) throw systemError('ENOENT')
      disk.write(disk.create(to), 0, source.bytes)
    })) as never,
}

/** Sends every file function of `node:fs/promises` that names a path below /sim/ to the simulated disks. */
export function installDisks(): void {
  const real = fs.promises as unknown as Record<string, (...args: unknown[]) => unknown>
  for (const [name, run] of Object.entries(simulated)) {
    const original = real[name]
    real[name] = (...args: unknown[]) => {
      const [path, ...rest] = args
      if (typeof path !== 'string' || !path.startsWith(SIM_ROOT)) return original?.(...args)
      return (async () => run(diskOf(path), path, ...(rest as never[])))()
    }
  }
  syncBuiltinESMExports()
}
