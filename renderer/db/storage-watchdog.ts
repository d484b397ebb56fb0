import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'

/** A write to a full disk may neither succeed nor fail (seen on Chromium 130): after this long it counts as failed, and its person is told within 5 s. */
export const WRITE_TIMEOUT_MS = 4_000

export const writeFailed = (): Result<never, AppError> => err(appError('storage/write-failed'))

/** How long somebody waits to be told. Runs from now on, also while the work stands in a queue. */
export class Patience {
  #isOver = false
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly over: Promise<void>

  constructor() {
    this.over = new Promise((resolve) => {
      this.#timer = setTimeout(() => {
        this.#isOver = true
        resolve()
      }, WRITE_TIMEOUT_MS)
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Nobody waits for it any more; `over` then never resolves. */
  end(): void {
    clearTimeout(this.#timer)
  }
}

/**
 * Begins to write before it returns; answers with the write's outcome while there is patience; never rejects.
 * @param undoLate called when the write succeeds after it was already reported as failed
 */
export async function watchWrite<T>(write: () => PromiseLike<T>, undoLate: () => void = () => undefined, patience = new Patience()): Promise<Result<T, AppError>> {
  let isTold = false
  const written = new Promise<T>((resolve) => resolve(write())).then(
    (value): Result<T, AppError> => {
      if (isTold) undoLate()
      return ok(value)
    },
    () => writeFailed(),
  )
  const result = await Promise.race([written, patience.over.then(writeFailed)])
  isTold = true
  patience.end()
  return result
}
