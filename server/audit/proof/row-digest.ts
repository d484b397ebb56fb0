import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../shared/lib/canonical-json.ts'

/** Stands in the trail for an import's new lines. */
export interface LeftOut {
  readonly table: string
  readonly fileId: string
  readonly count: number
  readonly sha256: string
}

/** Count and SHA-256 of rows in order of their ids, one canonical JSON a line. */
export function digestOf(rows: readonly { readonly id: string }[]): { readonly count: number; readonly sha256: string } {
  const hash = createHash('sha256')
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))) hash.update(`${canonicalJson(row)}\n`)
  return { count: rows.length, sha256: hash.digest('hex') }
}
