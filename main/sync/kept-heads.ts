import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { TrailHead } from '../../shared/sync/pull.ts'
import { writeFileAtomically } from '../lib/atomic-write.ts'
import { seal, unseal } from '../lib/seal.ts'

const keptHeadSchema = z.strictObject({ epoch: z.string(), size: z.int().nonnegative(), hash: z.string(), atMs: z.int() })
export type KeptHead = Readonly<z.infer<typeof keptHeadSchema>>
const fileSchema = z.strictObject({ heads: z.array(keptHeadSchema), alarm: keptHeadSchema.nullable() })

const PLACE = 'rapport/kept-heads'
/** One head a day is kept for ten years; of today's, the last one too. */
const DAY_MS = 86_400_000
const MOST_HEADS = 3_700
/** Heads that come within this time after a write are written with a later one, or at the lock; a crash before loses them. */
const WRITE_EVERY_MS = 5_000

export interface KeptHeadsDeps {
  readonly path: string
  readonly key: Uint8Array
  readonly nowMs: () => number
}

export type HeadVerdict = 'same-history' | 'new-epoch' | 'history-changed'

/** Heads of the server's trail as this device saw them (K1): what the server shows later has to contain them. */
export class KeptHeads {
  readonly #deps: KeptHeadsDeps
  #heads: KeptHead[]
  #alarm: KeptHead | null
  #writtenAtMs = Number.NEGATIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()
  #isClosed = false

  private constructor(deps: KeptHeadsDeps, heads: KeptHead[], alarm: KeptHead | null) {
    this.#deps = deps
    this.#heads = heads
    this.#alarm = alarm
  }

  /** A file that is missing or cannot be opened begins anew: the heads of other devices and of the witness remain. */
  static async open(deps: KeptHeadsDeps): Promise<KeptHeads> {
    const sealed = await readFile(deps.path).catch(() => undefined)
    const plain = sealed && unseal(deps.key, PLACE, sealed)
    const kept = plain && fileSchema.safeParse(JSON.parse(plain.toString('utf8'))).data
    return new KeptHeads(deps, kept?.heads ?? [], kept?.alarm ?? null)
  }

  /** The head that the history of this epoch was found not to contain; stays until another epoch begins. */
  get alarm(): KeptHead | null {
    return this.#alarm
  }

  get last(): KeptHead | undefined {
    return this.#heads.at(-1)
  }

  list(): readonly KeptHead[] {
    return this.#heads
  }

  /** Compares what a pull told with the head that its request named, and keeps it. */
  async take(epoch: string, head: TrailHead, named: KeptHead | undefined): Promise<HeadVerdict> {
    const next: KeptHead = { epoch, size: head.size, hash: head.hash, atMs: this.#deps.nowMs() }
    if (named && named.epoch === epoch && !contains(head, named)) {
      this.#alarm ??= named
      await this.#write(true)
      return 'history-changed'
    }
    const isNewEpoch = this.last !== undefined && this.last.epoch !== epoch
    if (isNewEpoch) this.#alarm = null
    if (this.last?.epoch !== epoch || next.size > this.last.size) {
      this.#keep(next)
      void this.#write(isNewEpoch) // rows need not wait for it
    }
    return isNewEpoch ? 'new-epoch' : 'same-history'
  }

  /** JSON lines for `audit:verify --heads`. */
  exportText(): string {
    return this.#heads.map((head) => `${JSON.stringify(head)}\n`).join('')
  }

  /** Writes what is not on the disk yet. What a late answer tells afterwards stays in memory: the key is about to be overwritten. */
  close(): Promise<void> {
    const written = this.#write(true)
    this.#isClosed = true
    return written
  }

  /** The last head of a day takes the place of those before it, the first of an epoch stays. */
  #keep(next: KeptHead): void {
    const [before, last] = [this.#heads.at(-2), this.#heads.at(-1)]
    const isSameDay = before?.epoch === next.epoch && last?.epoch === next.epoch && Math.floor(before.atMs / DAY_MS) === Math.floor(next.atMs / DAY_MS)
    this.#heads = [...(isSameDay ? this.#heads.slice(0, -1) : this.#heads), next].slice(-MOST_HEADS)
  }

  async #write(isUrgent: boolean): Promise<void> {
    if (this.#isClosed) return
    if (!isUrgent && Math.abs(this.#deps.nowMs() - this.#writtenAtMs) < WRITE_EVERY_MS) return // the clock may be put back
    this.#writtenAtMs = this.#deps.nowMs()
    const sealed = seal(this.#deps.key, PLACE, Buffer.from(JSON.stringify({ heads: this.#heads, alarm: this.#alarm }), 'utf8'))
    this.#writing = this.#writing.then(() => writeFileAtomically(this.#deps.path, sealed)).catch(() => undefined) // on a full disk the older heads stay
    await this.#writing
  }
}

/** The size that the request named came back with the hash that was kept for it. */
const contains = (head: TrailHead, kept: KeptHead): boolean => head.size >= kept.size && head.hashAtNamed === kept.hash
