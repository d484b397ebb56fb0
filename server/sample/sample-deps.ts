import type { CommandName } from '../../shared/commands/registry.ts'
import type { Colleague } from '../../shared/domain/colleague/colleague.ts'
import type { RowOf, TableName } from '../../shared/domain/tables.ts'
import type { Team } from '../../shared/domain/team/team.ts'

/** A command of the sample firm's past, made by a person at a time. */
export interface SampleCall {
  readonly id: string // the command's id
  readonly actorId: string
  readonly atMs: number // both made and received then; the policy's "today" is this day
  readonly name: CommandName
  readonly args: unknown
}

/** What the generator needs of the server: the same executor and policy that a laptop's commands meet. */
export interface SampleDeps {
  insertFirm(firm: {
    readonly name: string
    readonly teams: readonly Team[]
    readonly people: readonly { readonly colleague: Colleague; readonly passphrase: string }[]
  }): Promise<void>
  /** Runs calls in order; consecutive calls of one actor go as one batch. Throws on the first refusal. */
  run(calls: readonly SampleCall[]): Promise<void>
  find<T extends TableName>(table: T, id: string): Promise<RowOf<T> | undefined>
  /** Keeps a file's bytes; answers their hex SHA-256. */
  storeFile(bytes: Uint8Array): Promise<string>
  /** Lays a statement file where a person finds it, to try the import on. */
  writeStatementFile(name: string, bytes: Uint8Array): Promise<void>
  readonly progress: (done: number, total: number) => void
}
