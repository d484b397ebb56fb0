import { readFile } from 'node:fs/promises'
import { writeFileAtomically } from '../../../main/lib/atomic-write.ts'
import { systemErrorCode } from '../../../main/lib/system-error.ts'
import type { SessionStore } from '../../../main/sync/access.ts'
import type { SessionRecord } from '../../../main/vault/session-record.ts'
import { type AppError, appError } from '../../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../../shared/lib/result.ts'
import type { Signer } from '../../../shared/sync/signing.ts'

/**
 * The session's record on the simulated disk, written as the vault writes it but not sealed: its keys would cost seconds. `first` stands
 * for the vault's spare, which opens where the record was torn.
 */
export class SimSessionStore implements SessionStore {
  readonly deviceName = 'Laptop'
  readonly #path: string
  #record: SessionRecord
  #queue: Promise<unknown> = Promise.resolve()
  #isClosed = false

  readonly signer: Signer

  private constructor(path: string, record: SessionRecord, signer: Signer) {
    this.signer = signer
    this.#path = path
    this.#record = record
  }

  static async open(path: string, first: SessionRecord, signer: Signer): Promise<SimSessionStore> {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    return new SimSessionStore(path, text === undefined ? first : (readRecord(text.toString()) ?? first), signer)
  }

  read(): SessionRecord {
    return this.#record
  }

  /** The keys are gone. */
  close(): void {
    this.#isClosed = true
  }

  save(change: Partial<SessionRecord>): Promise<Result<void, AppError>> {
    if (this.#isClosed) return Promise.resolve(err(appError('storage/write-failed', { reason: 'closed' })))
    this.#record = { ...this.#record, ...change }
    const text = JSON.stringify(this.#record)
    const turn = this.#queue.then(() => this.#write(text))
    this.#queue = turn
    return turn
  }

  async #write(text: string): Promise<Result<void, AppError>> {
    try {
      await writeFileAtomically(this.#path, text)
    } catch (error) {
      return err(appError('storage/write-failed', { reason: systemErrorCode(error) }))
    }
    return ok(undefined)
  }
}

/** What was torn does not open: sealed, it would not either. */
function readRecord(text: string): SessionRecord | undefined {
  try {
    return JSON.parse(text) as SessionRecord
  } catch {
    return undefined
  }
}
