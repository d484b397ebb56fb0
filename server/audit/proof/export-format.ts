import type { LeftOut } from './row-digest.ts'

/** One line of an export is one of these as JSON; in this order, so that it is written and checked in one pass. */
export type ExportRecord =
  | { readonly kind: 'head'; readonly head: ExportHead }
  | { readonly kind: 'entry'; readonly entry: Entry } // by number
  | { readonly kind: 'device'; readonly device: ExportDevice }
  | { readonly kind: 'log'; readonly log: ExportLog }
  | { readonly kind: 'row'; readonly table: string; readonly row: Row }
  | { readonly kind: 'file'; readonly file: ExportFile }
  | { readonly kind: 'end'; readonly counts: ExportCounts }

export type ExportCounts = Readonly<Record<'entry' | 'device' | 'log' | 'row' | 'file', number>>

export interface ExportHead {
  readonly format: 2
  readonly takenAtMs: number
  readonly size: number
  readonly hash: string
  readonly epoch: string
}

export type Row = Readonly<Record<string, unknown>> & { readonly id: string }
export interface Change {
  readonly table: string
  readonly before: Row | null
  readonly after: Row
}

/** An entry of the trail, with its columns' names. */
export interface Entry {
  readonly n: number
  readonly command_id: string
  readonly device_id: string
  readonly actor_id: string | null
  readonly name: string
  readonly version: number
  readonly args: unknown
  readonly changes: readonly Change[]
  readonly made_at_ms: number
  readonly received_at_ms: number
  readonly outcome: 'applied' | 'refused'
  readonly error: unknown
  readonly device_n: number | null
  readonly args_hash: string | null
  readonly signature: string | null
  readonly device_hash: string | null
  readonly seq: number | null
  readonly left_out: LeftOut | null
  readonly prev_hash: string
  readonly hash: string
}

export interface ExportDevice {
  readonly id: string
  readonly colleagueId: string | null
  readonly name: string
  readonly publicKey: string | null
  readonly lastN: number
  readonly chainHash: string
  readonly createdAtMs: number
  readonly revokedAtMs: number | null
  readonly revokedBy: string | null
}

/** A file that commands name by its hash. */
export interface ExportFile {
  readonly sha256: string // its name
  readonly bytesSha256: string // of the bytes that are there
}

export interface ExportLog {
  readonly device_id: string
  readonly n: number
  readonly command_id: string
  readonly body_hash: string
  readonly status: string
  readonly error: unknown
  readonly seq: number
}

/** A head of the trail that somebody kept: a client, or the witness file. */
export interface KeptHead {
  readonly epoch: string
  readonly size: number
  readonly hash: string
  readonly atMs: number
}

/** What does not hold. `n` = the entry it was found at; null = it belongs to none. */
export interface Finding {
  readonly n: number | null
  readonly problem: string
  readonly detail: string
}
