import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { fastClone } from './clone.ts'
import { Random } from './random.ts'
import { Scheduler } from './scheduler.ts'

/** What the patched globals work on; another one for each seed. */
export const world: { scheduler: Scheduler; random: Random; hasTimers: boolean } = {
  scheduler: new Scheduler(),
  random: new Random('before the first seed'),
  /** While the database works, which has timers of its own: statistics that nobody reads, begun at moments that depend on the seeds before. */
  hasTimers: true,
}

interface Timer {
  task: { isCancelled: boolean }
  readonly again: (() => void) | null
  ref(): Timer
  unref(): Timer
  hasRef(): boolean
  refresh(): Timer
  [Symbol.toPrimitive](): number
}

let timerCount = 0

function makeTimer(run: () => void, delayMs: number, isRepeated: boolean): Timer {
  const process = world.scheduler.current
  const wait = Math.max(0, delayMs || 0) / process.clock.drift
  const start = () => world.scheduler.at(wait, 'timer', fire, process)
  const fire = (): void => {
    if (isRepeated) timer.task = start()
    run()
  }
  const id = ++timerCount
  const timer: Timer = {
    task: start(),
    again: null,
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    refresh: () => {
      timer.task.isCancelled = true
      timer.task = start()
      return timer
    },
    [Symbol.toPrimitive]: () => id,
  }
  return timer
}

const clear = (timer: Timer | undefined | null): void => {
  if (timer?.task) timer.task.isCancelled = true
}

/**
 * Puts virtual time and seeded chance in the place of the process's own, for everything that is imported: our code, Dexie,
 * Fastify, uuid, the ciphers. Once in a process that does nothing else.
 */
export function installGlobals(): void {
  const RealDate = Date
  class VirtualDate extends RealDate {
    constructor(...args: [] | [number | string]) {
      if (args.length === 0) super(world.scheduler.wallMs())
      else super(...args)
    }
    static override now(): number {
      return world.scheduler.wallMs()
    }
  }
  const put = (target: object, name: string, value: unknown) => Object.defineProperty(target, name, { value, configurable: true, writable: true })
  put(globalThis, 'Date', VirtualDate)
  put(globalThis, 'setTimeout', (run: (...a: unknown[]) => void, ms = 0, ...args: unknown[]) => (world.hasTimers ? makeTimer(() => run(...args), ms, false) : null))
  put(globalThis, 'setInterval', (run: (...a: unknown[]) => void, ms = 0, ...args: unknown[]) => makeTimer(() => run(...args), ms, true))
  put(globalThis, 'setImmediate', (run: (...a: unknown[]) => void, ...args: unknown[]) => {
    const task = world.scheduler.at(0, 'immediate', () => run(...args))
    return { task, ref: () => undefined, unref: () => undefined, hasRef: () => true }
  })
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) put(globalThis, name, clear)
  put(performance, 'now', () => world.scheduler.current.clock.monotonicMs(world.scheduler.nowMs))
  put(Math, 'random', () => world.random.next())
  put(globalThis, 'structuredClone', fastClone)
  const timedOut = new DOMException('timeout', 'TimeoutError') // made once: each request has its limit, which passes long after it
  put(AbortSignal, 'timeout', (ms: number) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(timedOut), ms)
    return controller.signal
  })
  // Node keeps its own for as long as somebody listens: for ever in a world that has ended, and with it all of that world.
  put(AbortSignal, 'any', (signals: readonly AbortSignal[]) => {
    const controller = new AbortController()
    for (const signal of signals) {
      if (signal.aborted) controller.abort(signal.reason)
      else signal.addEventListener('abort', () => controller.abort(signal.reason))
    }
    return controller.signal
  })
  put(globalThis, 'BroadcastChannel', undefined)
  put(globalThis, 'navigator', { userAgent: 'simulation' })
  installChance(put)
  process.on('unhandledRejection', (error) => world.scheduler.note(`unhandled ${String(error)}\n`))
}

function installChance(put: (target: object, name: string, value: unknown) => void): void {
  const bytes = (size: number): Buffer => {
    const buffer = Buffer.alloc(size)
    world.random.fill(buffer)
    return buffer
  }
  const uuid = (): string => {
    const b = bytes(16)
    b[6] = ((b[6] ?? 0) & 0x0f) | 0x40
    b[8] = ((b[8] ?? 0) & 0x3f) | 0x80
    return b.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }
  const fill = <T extends NodeJS.ArrayBufferView>(target: T): T => {
    world.random.fill(new Uint8Array(target.buffer as ArrayBuffer, target.byteOffset, target.byteLength))
    return target
  }
  put(crypto, 'randomBytes', bytes)
  put(crypto, 'randomUUID', uuid)
  put(crypto, 'randomFillSync', fill)
  put(globalThis.crypto, 'getRandomValues', fill)
  put(globalThis.crypto, 'randomUUID', uuid)
  syncBuiltinESMExports()
}
