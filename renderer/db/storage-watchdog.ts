import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'

/** A write to a full disk may neither succeed nor fail (seen on Chromium 130): after this long it counts as failed. */
export const WRITE_TIMEOUT_MS = 5_000

const failed = (): Result<never, AppError> => err(appError('storage/write-failed'))

/**
 * The write's outcome within the time limit; never rejects.
 * @param undoLate called when the write succeeds after it was already reported as failed
 */
export function watchWrite<T>(write: () => PromiseLike<T>, undoLate: () => void = () => undefined): Promise<Result<T, AppError>> {
  return new Promise((resolve) => {
    let isOver = false
    const finish = (result: Result<T, AppError>): void => {
      isOver = true
      clearTimeout(timer)
      resolve(result)
    }
    const timer = setTimeout(() => finish(failed()), WRITE_TIMEOUT_MS)
    Promise.resolve()
      .then(write)
      .then(
        (value) => (isOver ? undoLate() : finish(ok(value))),
        () => finish(failed()),
      )
  })
}
