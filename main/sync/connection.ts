import type { AppError } from '../../shared/errors/error-codes.ts'
import type { SyncStatus } from '../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../shared/lib/result.ts'
import { isSessionEnd } from './access.ts'

/** What the answers so far say about the way to the server. */
export class Connection {
  readonly #nowMs: () => number
  readonly #onBack: () => void
  #state: SyncStatus['connection'] = 'offline'
  #error: AppError | null = null
  #lastContactAtMs: number | null

  /** @param onBack called when an answer arrives after a time without */
  constructor(nowMs: () => number, lastContactAtMs: number | null, onBack: () => void) {
    this.#nowMs = nowMs
    this.#lastContactAtMs = lastContactAtMs
    this.#onBack = onBack
  }

  get state(): SyncStatus['connection'] {
    return this.#state
  }

  /** Null where the state says it all. */
  get error(): AppError | null {
    return this.#error
  }

  get lastContactAtMs(): number | null {
    return this.#lastContactAtMs
  }

  note(result: Result<unknown, AppError>): void {
    if (!result.ok && /^(app|storage)\//.test(result.error.code)) return // trouble of this laptop tells nothing about the way
    const before = this.#state
    this.#state = result.ok ? 'online' : stateAfter(result.error)
    this.#error = result.ok || result.error.code === 'sync/offline' || this.#state === 'online' ? null : result.error
    if (this.#state !== 'offline') this.#lastContactAtMs = this.#nowMs()
    if (this.#state === 'online' && before !== 'online') this.#onBack()
  }
}

/** A refusal of one request shows that the server is there. */
function stateAfter(error: AppError): SyncStatus['connection'] {
  if (error.code === 'sync/offline' || error.code === 'server/unavailable') return 'offline'
  if (error.code === 'sync/client-too-old') return 'clientTooOld'
  return isSessionEnd(error) ? 'signInNeeded' : 'online'
}
