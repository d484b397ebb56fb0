import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { NO_HASH, type Signer } from '../../shared/sync/signing.ts'
import type { Db } from '../db/open-database.ts'
import { withActor } from '../db/with-actor.ts'
import type { KeptHead } from './proof/export-format.ts'
import { WitnessFile } from './witness-file.ts'

/** The witness is at most this far behind the trail; asking costs one row. */
const LOOK_MS = 1_000
/** A line is written this often though nothing moved: it shows that somebody looked. */
const AT_LEAST_MS = 3_600_000
/** A day's silence about a history that differs would be too long. */
const REPEAT_ALARM_MS = 3_600_000

export interface WitnessDeps {
  readonly db: Db
  readonly signer: Signer
  readonly folder: string
  readonly log: FastifyBaseLogger
  readonly nowMs: () => number
}

/**
 * Writes each head of the trail outside the database (K2), and compares the database with what was written. Where the
 * history is shorter or another one than in the same epoch before, `isAlarmed` is set: the server then takes no commands
 * until somebody has looked, and either mended the database or begun a new epoch.
 */
export class Witness {
  readonly #deps: WitnessDeps
  readonly #file: WitnessFile
  #last: KeptHead | null
  #timer: NodeJS.Timeout | undefined
  #alarmedAtMs: number | null = null
  #turn: Promise<void> = Promise.resolve()

  private constructor(deps: WitnessDeps, file: WitnessFile) {
    this.#deps = deps
    this.#file = file
    this.#last = file.last
  }

  /** Compares once and begins to write. */
  static async start(deps: WitnessDeps): Promise<Witness> {
    const witness = new Witness(deps, await WitnessFile.open(join(deps.folder, 'heads.jsonl'), deps.signer))
    await witness.look()
    witness.#timer = setInterval(() => void witness.look(), LOOK_MS)
    return witness
  }

  get isAlarmed(): boolean {
    return this.#alarmedAtMs !== null
  }

  /** One comparison, and a line where the head moved. Never throws: what fails is logged and tried again. */
  look(): Promise<void> {
    this.#turn = this.#turn.then(() =>
      this.#look().catch((error: unknown) => this.#deps.log.error({ event: 'witness.failed', errorName: error instanceof Error ? error.name : typeof error })),
    )
    return this.#turn
  }

  async #look(): Promise<void> {
    const { db, nowMs } = this.#deps
    const head = await db.selectFrom('head').select(['audit_n as size', 'audit_hash as hash', 'epoch']).executeTakeFirstOrThrow()
    if (await this.#differs(head)) return this.#alarm(head)
    this.#alarmedAtMs = null
    const last = this.#last
    const isDue = !last || last.size !== head.size || last.epoch !== head.epoch || nowMs() - last.atMs >= AT_LEAST_MS
    if (!isDue) return
    const next: KeptHead = { epoch: head.epoch, size: head.size, hash: head.hash, atMs: nowMs() }
    await this.#file.append(next)
    this.#last = next
  }

  /** Another epoch is a restore that was announced; in the same one the trail only grows. */
  async #differs(head: Omit<KeptHead, 'atMs'>): Promise<boolean> {
    const last = this.#last
    if (!last || last.epoch !== head.epoch) return false
    if (head.size === last.size) return head.hash !== last.hash
    if (head.size < last.size) return true
    if (last.size === 0) return last.hash !== NO_HASH
    // As the server itself: to everybody else the policies of rows show an empty trail, which would look like a lost one.
    const at = await withActor(this.#deps.db, null, (tx) => tx.selectFrom('audit').select('hash').where('n', '=', last.size).executeTakeFirst())
    return at?.hash !== last.hash
  }

  #alarm(head: { readonly size: number }): void {
    const nowMs = this.#deps.nowMs()
    if (this.#alarmedAtMs !== null && nowMs - this.#alarmedAtMs < REPEAT_ALARM_MS) return
    this.#alarmedAtMs = nowMs
    this.#deps.log.fatal({ event: 'trail.differs-from-witness', size: head.size, witnessSize: this.#last?.size ?? null })
  }

  /** Writes the last head too. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.look()
    await this.#file.close()
  }
}
