import type { Entry, ExportFile } from './export-format.ts'

type Report = (n: number | null, problem: string, detail: string) => void

/** Whether the files that accepted commands rest on, statements and letters, are there with the bytes that they were named by. */
export class FileProof {
  readonly #named = new Map<string, number>() // hash → the first entry that names it
  readonly #seen = new Set<string>()

  note({ n, name, args, outcome }: Entry): void {
    if (outcome === 'refused' || !name.startsWith('verification/') || typeof args !== 'object' || args === null) return
    const { sha256, letterSha256 } = args as { readonly sha256?: unknown; readonly letterSha256?: unknown }
    for (const hash of [sha256, letterSha256]) if (typeof hash === 'string' && !this.#named.has(hash)) this.#named.set(hash, n)
  }

  check({ sha256, bytesSha256 }: ExportFile, report: Report): void {
    const n = this.#named.get(sha256) ?? null
    if (this.#seen.has(sha256)) report(n, 'bad-export', `file ${sha256} is there twice`)
    this.#seen.add(sha256)
    if (sha256 !== bytesSha256) report(n, 'file-edited', `the bytes of file ${sha256} are other ones`)
  }

  finish(report: Report): void {
    for (const [sha256, n] of this.#named) if (!this.#seen.has(sha256)) report(n, 'file-deleted', `file ${sha256} is not there`)
  }
}
