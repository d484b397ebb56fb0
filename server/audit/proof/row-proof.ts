import { canonicalJson } from '../../../shared/lib/canonical-json.ts'
import { sha256Hex } from '../ed25519.ts'
import type { Entry, Row } from './export-format.ts'
import { digestOf, type LeftOut } from './row-digest.ts'

type Report = (n: number | null, problem: string, detail: string) => void

interface RowState {
  readonly hash: string // of the newest version
  readonly n: number // the entry that made it
}

const hashOf = (row: Row): string => sha256Hex(canonicalJson(row))

/** Plays the trail's changes, and compares what comes out with the rows as the database has them (H3, H4). */
export class RowProof {
  readonly #states = new Map<string, RowState>()
  readonly #imports = new Map<string, { readonly n: number; readonly leftOut: LeftOut }>() // by file
  /** Lines of imports as they came, where they were changed since. */
  readonly #firstVersions = new Map<string, Row>()
  readonly #linesOf = new Map<string, Row[]>() // as they came, by file
  readonly #seen = new Set<string>()

  play(entry: Entry, report: Report): void {
    if (entry.left_out) this.#imports.set(entry.left_out.fileId, { n: entry.n, leftOut: entry.left_out })
    if (entry.outcome === 'refused' && entry.changes.length > 0) report(entry.n, 'refused-with-rows', 'it was refused, and yet it changes rows')
    for (const { table, before, after } of entry.changes) {
      const key = `${table} ${after.id}`
      const known = this.#states.get(key)
      if (!known && before && table === 'accountActivities') this.#firstVersions.set(key, before)
      else if ((before === null ? undefined : hashOf(before)) !== known?.hash) report(entry.n, 'row-differs', `it begins with another ${table} ${after.id} than the trail had`)
      this.#states.set(key, { hash: hashOf(after), n: entry.n })
    }
  }

  check(table: string, row: Row, report: Report): void {
    const key = `${table} ${row.id}`
    const state = this.#states.get(key)
    if (this.#seen.has(key)) report(state?.n ?? null, 'row-twice', `${table} ${row.id} is there twice: sums over the file would be wrong`)
    this.#seen.add(key)
    if (state && state.hash !== hashOf(row)) report(state.n, 'row-edited', `${table} ${row.id} is not what entry ${state.n} made it`)
    if (table === 'accountActivities') this.#takeLine(row, this.#firstVersions.get(key) ?? row, report)
    else if (!state) report(null, 'row-inserted', `${table} ${row.id} is in no entry`)
  }

  #takeLine(row: Row, first: Row, report: Report): void {
    const file = this.#imports.get(String(first['fileId']))
    if (!file) {
      report(null, 'row-inserted', `accountActivities ${row.id} is of no import`)
      return
    }
    const lines = this.#linesOf.get(file.leftOut.fileId) ?? []
    lines.push(first)
    this.#linesOf.set(file.leftOut.fileId, lines)
  }

  finish(report: Report): void {
    for (const [key, { n }] of this.#states) if (!this.#seen.has(key)) report(n, 'row-deleted', `${key} is not in the database`)
    for (const { n, leftOut } of this.#imports.values()) {
      const found = digestOf(this.#linesOf.get(leftOut.fileId) ?? [])
      if (found.count !== leftOut.count || found.sha256 !== leftOut.sha256) report(n, 'lines-differ', `the bank lines of file ${leftOut.fileId} are not those that were imported`)
    }
  }
}
