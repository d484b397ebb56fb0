import { createHash, type Hash } from 'node:crypto'

/** One run of one process of the simulated world: what it scheduled never happens after it died. */
export class Process {
  readonly name: string
  isAlive = true
  /** The wall clock of its machine, away from the world's. */
  readonly clock: MachineClock
  /** Called before each piece of its work; throws nothing, may end the process. */
  onStep: (label: string) => void = () => undefined

  constructor(name: string, clock: MachineClock) {
    this.name = name
    this.clock = clock
  }
}

/** A machine's clocks: the wall clock jumps and drifts, the monotonic one drifts only. */
export class MachineClock {
  offsetMs = 0
  drift = 1 // 1 = right; 1.01 runs one percent fast
  #driftFromMs = 0
  #driftedMs = 0

  setDrift(drift: number, worldMs: number): void {
    this.#driftedMs = this.monotonicMs(worldMs)
    this.#driftFromMs = worldMs
    this.drift = drift
  }

  monotonicMs(worldMs: number): number {
    return this.#driftedMs + (worldMs - this.#driftFromMs) * this.drift
  }
}

interface Task {
  readonly atMs: number
  readonly order: number
  readonly process: Process
  readonly label: string
  readonly run: () => void
  isCancelled: boolean
}

const realImmediate = globalThis.setImmediate
/** Lets every promise and every next tick that can go on go on, as Node itself does after each callback. */
const settle = (process as unknown as { readonly _tickCallback: () => void })._tickCallback
const TASKS_A_TURN = 200
/** 2026-03-02 09:00 in Vienna. */
export const START_MS = Date.UTC(2026, 2, 2, 8, 0, 0)

/**
 * Virtual time: one task after the other, each with all its promises, before the next. Nothing in the world runs but by it,
 * so one seed has one order of everything.
 */
export class Scheduler {
  nowMs = 0 // since the world began
  current: Process
  readonly harness = new Process('harness', new MachineClock())
  stepCount = 0
  readonly #heap: Task[] = []
  readonly #trace: Hash = createHash('sha256')
  readonly #log: string[] | null
  #lines = '' // that are not in the trace's hash yet
  #order = 0
  #outside = 0

  /** @param keepLog keeps every line of the trace, to look at a failing seed */
  constructor(keepLog = false) {
    this.current = this.harness
    this.#log = keepLog ? [] : null
  }

  get log(): readonly string[] {
    return this.#log ?? []
  }

  /** Wall clock of the process that runs. */
  wallMs(process = this.current): number {
    return Math.floor(START_MS + process.clock.monotonicMs(this.nowMs) + process.clock.offsetMs)
  }

  at(delayMs: number, label: string, run: () => void, process = this.current): Task {
    const task: Task = { atMs: this.nowMs + Math.max(0, delayMs), order: this.#order++, process, label, run, isCancelled: false }
    this.#push(task)
    return task
  }

  sleep(delayMs: number, label: string, process = this.current): Promise<void> {
    return new Promise((resolve) => this.at(delayMs, label, resolve, process))
  }

  /** Runs `work` as that process, now. */
  as<T>(process: Process, work: () => T): T {
    const before = this.current
    this.current = process
    try {
      return work()
    } finally {
      this.current = before
    }
  }

  /** Work that ends outside of the world (a thread): time stands still until it has. */
  async outside<T>(work: Promise<T>): Promise<T> {
    this.#outside++
    try {
      return await work
    } finally {
      this.#outside--
    }
  }

  note(line: string): void {
    this.#lines += line
    if (this.#lines.length > 32_768) this.#hashLines()
    this.#log?.push(`${(this.nowMs / 1000).toFixed(3)} ${line}`)
  }

  /** Hex SHA-256 of all that happened. */
  traceHash(): string {
    this.#hashLines()
    return this.#trace.copy().digest('hex')
  }

  /** Plays on up to a moment, or until it is over. */
  runUntil(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        try {
          if (!this.#takeMany(untilMs, isOver)) return void realImmediate(turn)
          if (!isOver()) this.nowMs = Math.max(this.nowMs, untilMs)
          resolve()
        } catch (error) {
          reject(error)
        }
      }
      realImmediate(turn)
    })
  }

  /** Several tasks within one turn of the real event loop: a turn for each took a tenth of all time. @returns whether nothing is left to do */
  #takeMany(untilMs: number, isOver: () => boolean): boolean {
    for (let i = 0; i < TASKS_A_TURN; i++) {
      if (this.#outside > 0) return false
      this.current = this.harness
      if (isOver() || !this.#step(untilMs)) return true
      settle()
    }
    this.current = this.harness
    return false
  }

  /** @returns false where nothing is left to do before `untilMs` */
  #step(untilMs: number): boolean {
    const task = this.#pop(untilMs)
    if (!task) return false
    this.nowMs = Math.max(this.nowMs, task.atMs)
    if (task.isCancelled || !task.process.isAlive) return true
    task.process.onStep(task.label)
    if (!task.process.isAlive) return true
    this.current = task.process
    this.stepCount++
    this.note(`${task.atMs.toFixed(2)} ${task.process.name} ${task.label}\n`)
    task.run()
    return true
  }

  #hashLines(): void {
    this.#trace.update(this.#lines)
    this.#lines = ''
  }

  #push(task: Task): void {
    const heap = this.#heap
    let i = heap.push(task) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (isBefore(heap[parent] as Task, task)) break
      heap[i] = heap[parent] as Task
      i = parent
    }
    heap[i] = task
  }

  #pop(untilMs: number): Task | undefined {
    const heap = this.#heap
    const first = heap[0]
    if (!first || first.atMs > untilMs) return undefined
    const last = heap.pop() as Task
    if (heap.length === 0) return first
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Task, heap[child] as Task)) child++
      if (isBefore(last, heap[child] as Task)) break
      heap[i] = heap[child] as Task
      i = child
    }
    heap[i] = last
    return first
  }
}

const isBefore = (a: Task, b: Task): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
