import type { Generated } from 'kysely'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'

type SnakeCase<S extends string> = S extends `${infer First}${infer Rest}` ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}` : S
type RecordTable<T extends TableName> = { [K in keyof RowOf<T> & string as SnakeCase<K>]: RowOf<T>[K] } & { readonly seq: number }
type RecordTables = { [T in TableName as SnakeCase<T>]: RecordTable<T> }

export interface AuditTable {
  n: number
  command_id: string
  device_id: string
  actor_id: string | null // null = the set-up
  name: string
  version: number
  args: unknown // null where they could not be stored (control characters)
  changes: unknown
  made_at_ms: number
  received_at_ms: number
  outcome: 'applied' | 'refused'
  error: AppError | null
  device_n: number | null // the command's number on its device
  args_hash: string | null // what was signed in place of the arguments
  signature: string | null
  device_hash: string | null // the device's chain after the command
  seq: number | null // of the head after the batch
  left_out: unknown // digest of the rows that `changes` leaves out; null = none
  prev_hash: string
  hash: string
}

/** All tables, as Kysely sees them. bigint and date arrive as number and 'YYYY-MM-DD' (see open-database.ts). */
export interface Database extends RecordTables {
  head: {
    singleton: Generated<boolean>
    seq: number
    audit_n: number
    audit_hash: string
    epoch: string
    origin: string | null
    announced_epoch: string | null
    restored_at_ms: number | null // null = never
  }
  device: {
    id: string
    colleague_id: string | null
    name: string
    last_n: Generated<number>
    public_key: string | null
    chain_hash: Generated<string>
    created_at_ms: number
    revoked_at_ms: number | null
    last_seen_at_ms: number | null
    revoked_by: string | null
    wipe_token: Generated<string>
  }
  oidc_identity: { issuer: string; subject: string; colleague_id: string; bound_at_ms: number }
  oidc_attempt: { id: string; device_id: string; state: string; nonce: string; code_challenge: string; redirect_uri: string; expires_at_ms: number }
  command_log: { device_id: string; n: number; command_id: string; body_hash: string; status: 'applied' | 'refused'; error: AppError | null; seq: number }
  feed: { scope_id: string; table_name: TableName; row_id: string; seq: number; is_gone: boolean }
  audit: AuditTable
  credential: { colleague_id: string; passphrase_hash: string }
  session: {
    id: string
    device_id: string
    colleague_id: string
    access_hash: string
    access_expires_at_ms: number
    refresh_hash: string
    refresh_expires_at_ms: number
    replaced_at_ms: number | null
    ended_at_ms: number | null
  }
  firm: { singleton: Generated<boolean>; name: string }
  attempt: { key: string; since_ms: number; count: number }
  blob: { sha256: string; bytes: Buffer; stored_at_ms: number }
  reported_line: { fingerprint: string; format: string; count: number }
  account_statement: {
    id: Generated<number>
    file_id: string
    format: string
    account: string
    statement_id: string
    sequence_number: number | null
    closing_minor: number | null
  }
}
