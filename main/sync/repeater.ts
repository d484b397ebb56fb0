import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import { retryDelayMs } from '../../shared/sync/retry-delay.ts'
import { isSessionEnd } from './access.ts'

/** One piece of work; `isAlive` tells that the server was reached, so that the next wait starts from one second again. */
export type RepeatedTask = (signal: AbortSignal, isAlive: () => void) => Promise<Result<void, AppError>>

export interface RepeaterOptions {
  readonly random: () => number
  readonly onError: (error: AppError, cause: unknown) => void // cause = what was thrown, undefined for expected errors
}

/**
 * Runs a task whenever it is asked to, never twice at once. A failed run is repeated after a growing wait, or at once when
 * asked; a session that ended or a client that is too old waits until it is asked. [P5, P6]
 */
export class Repeater {
  readonly #task: RepeatedTask
  readonly #options: RepeaterOptions
  readonly #stopping = new AbortController()
  #isRunning = false
  #isAskedAgain = false
  #failures = 0
  #timer: NodeJS.Timeout | undefined

  constructor(task: RepeatedTask, options: RepeaterOptions) {
    this.#task = task
    this.#options = options
  }

  /** Run now; while it runs: run once more afterwards. */
  ask(): void {
    if (this.#stopping.signal.aborted) return
    clearTimeout(this.#timer)
    this.#isAskedAgain = true
    if (!this.#isRunning) void this.#run()
  }

  /** There is new work: run now, unless a wait after a failure is under way, which the work then shares. */
  offer(): void {
    if (this.#failures === 0) this.ask()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#stopping.abort()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    let failure: AppError | undefined
    while (this.#isAskedAgain && !this.#stopping.signal.aborted) {
      this.#isAskedAgain = false
      const result = await this.#attempt()
      failure = result.ok ? undefined : result.error
      this.#failures = result.ok ? 0 : this.#failures + 1
      if (failure) break // being asked during a failing run is no reason to skip the wait
    }
    this.#isRunning = false
    if (failure && isWorthRepeating(failure)) this.#runLater(failure)
  }

  async #attempt(): Promise<Result<void, AppError>> {
    try {
      const result = await this.#task(this.#stopping.signal, () => {
        this.#failures = 0
      })
      if (!result.ok && !this.#stopping.signal.aborted) this.#options.onError(result.error, undefined)
      return result
    } catch (cause) {
      const error = appError('app/bug')
      this.#options.onError(error, cause)
      return err(error)
    }
  }

  #runLater({ params }: AppError): void {
    if (this.#stopping.signal.aborted) return
    const askedMs = typeof params['retryAfterSeconds'] === 'number' ? params['retryAfterSeconds'] * 1_000 : 0
    this.#timer = setTimeout(() => this.ask(), Math.max(askedMs, retryDelayMs(this.#failures, this.#options.random)))
  }
}

const isWorthRepeating = (error: AppError) => !isSessionEnd(error) && error.code !== 'sync/client-too-old'
