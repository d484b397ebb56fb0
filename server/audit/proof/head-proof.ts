import { NO_HASH } from '../../../shared/sync/signing.ts'
import type { EntryProof } from './entry-proof.ts'
import type { ExportHead, KeptHead } from './export-format.ts'

type Report = (n: number | null, problem: string, detail: string) => void

/** Compares the trail with heads that others kept: what was rewritten as a whole shows here and nowhere else (K1–K3). */
export class HeadProof {
  readonly #kept: readonly KeptHead[]
  readonly #hashes = new Map<number, string | null>([[0, NO_HASH]])

  constructor(kept: readonly KeptHead[]) {
    this.#kept = kept
    for (const { size } of kept) if (size > 0) this.#hashes.set(size, null)
  }

  note(n: number, hash: string): void {
    if (this.#hashes.has(n)) this.#hashes.set(n, hash)
  }

  /** @returns how many heads belong to what a restore has lost */
  finish(head: ExportHead, { epochs, last }: EntryProof, report: Report): number {
    if (head.size !== last.n || head.hash !== last.hash) report(last.n + 1, 'head-differs', `the database says ${head.size} entries, the trail has ${last.n}`)
    const announced = epochs.at(-1)?.epoch
    if (announced !== undefined && announced !== head.epoch) report(null, 'epoch-unannounced', 'the database is in an epoch that the trail does not announce')
    let lost = 0
    for (const kept of [...this.#kept].sort((a, b) => a.size - b.size)) {
      const at = epochs.findLastIndex((e) => e.epoch === kept.epoch)
      const end = epochs[at + 1]?.fromN ?? Number.POSITIVE_INFINITY // where the next epoch begins
      if (at === -1) report(null, 'epoch-unknown', `a head of ${timeOf(kept)} is of an epoch that the trail does not know`)
      else if (kept.size >= end && end !== Number.POSITIVE_INFINITY) lost += 1
      else if (kept.size > last.n) report(last.n + 1, 'cut-off', `${kept.size} entries were seen at ${timeOf(kept)}, there are ${last.n}`)
      else if (this.#hashes.get(kept.size) !== kept.hash) report(kept.size, 'rewritten', `up to here the trail is not the one that was seen at ${timeOf(kept)}`)
    }
    return lost
  }
}

const timeOf = ({ atMs }: KeptHead): string => new Date(atMs).toISOString()
