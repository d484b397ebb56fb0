import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { sql } from 'kysely'
import { canonicalJson } from '../../shared/lib/canonical-json.ts'
import { NO_HASH, type Signer, signedTextOf } from '../../shared/sync/signing.ts'
import type { Db } from '../db/open-database.ts'
import type { AuditTable } from '../db/schema.ts'
import { withActor } from '../db/with-actor.ts'
import { isSignedBy, publicKeyOf, sha256Hex } from './ed25519.ts'
import { SERVER_DEVICE_ID } from './entry-hash.ts'
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

/** Whether the trail announces the epoch in an entry that this server's key signed: who can only write the database cannot. */
async function isAnnounced({ db, signer }: WitnessDeps, epoch: string): Promise<boolean> {
  const key = publicKeyOf(signer.publicKey)
  const found = await withActor(db, null, (tx) =>
    sql<AuditTable & { prevHash: string | null }>`
      SELECT e.*, (SELECT p.device_hash FROM audit p WHERE p.device_id = e.device_id AND p.device_n = e.device_n - 1 ORDER BY p.n DESC LIMIT 1) AS "prevHash"
      FROM audit e WHERE e.device_id = ${SERVER_DEVICE_ID} AND e.name = 'server/epoch' AND e.args ->> 'epoch' = ${epoch} ORDER BY e.n DESC LIMIT 1`.execute(tx),
  )
  const entry = found.rows[0]
  if (!key || !entry) return false
  const { command_id: id, device_id: deviceId, device_n: n, name, version, made_at_ms: madeAtMs, args, prevHash } = entry
  const text = signedTextOf({ deviceId, n: n ?? 0, id, name, version, argsHash: sha256Hex(canonicalJson(args)), madeAtMs, prevHash: prevHash ?? NO_HASH })
  return isSignedBy(key, text, entry.signature ?? '')
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

  /** Another epoch is a restore that the server's own key announced; in the same one the trail only grows. */
  async #differs(head: Omit<KeptHead, 'atMs'>): Promise<boolean> {
    const last = this.#last
    if (!last) return false
    if (last.epoch !== head.epoch) return this.#file.epochs.has(head.epoch) || !(await isAnnounced(this.#deps, head.epoch))
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
