import type { AnyCall } from '../../../renderer/commands/any-call.ts'
import type { RowOf, TableName } from '../../../shared/domain/tables.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { Result } from '../../../shared/lib/result.ts'
import { advisorId, logArgs, type SeedRow } from '../firm-rows.ts'
import { idOf } from '../test-id.ts'

export interface CommandHost {
  seed(rows: readonly SeedRow[]): Promise<void>
  /** Runs one call for good: its rows are stored, or it is refused. `nowMs` is both the device's and the server's clock. */
  run(actorId: string, call: { readonly name: string; readonly args: unknown }, nowMs: number): Promise<Result<unknown, AppError>>
  find<T extends TableName>(table: T, id: string): Promise<RowOf<T> | undefined>
}

/** One expectation: after `given`, `by` runs `call`; `refused` names the code, or `holds` looks at the rows. */
export interface Case {
  readonly title: string
  readonly seed?: readonly SeedRow[]
  readonly given?: readonly (readonly [actorId: string, call: AnyCall])[]
  readonly by?: string // the advisor where left out
  readonly call: { readonly name: string; readonly args: unknown }
  readonly refused?: string
  readonly holds?: (host: CommandHost) => Promise<void>
}

/** A call of one command, its arguments in sight. */
export type CallOf<N extends AnyCall['name']> = Extract<AnyCall, { readonly name: N }>

/** Of whom only the cases with two controllers know; they seed the row. */
export const secondControllerId = idOf('colleague', 15)
export const entryId = idOf('entry', 1)
export const claimId = idOf('claim', 1)
export const followUpId = idOf('follow-up', 1)

export const newFollowUp = { id: followUpId, title: 'Send the offer', note: '', dueOn: '2030-06-12', remindAtMs: null, zone: 'Europe/Vienna', assigneeId: advisorId }
export const newClaim = {
  id: claimId,
  kind: 'deposit' as const,
  accountId: idOf('account', 1),
  claimedMinor: 200_000_000,
  currency: 'EUR',
  expectedOn: null,
  creditSplit: [{ colleagueId: advisorId, shareBp: 10_000 }],
  note: '',
}
export const log: CallOf<'contact/log'> = { name: 'contact/log', args: logArgs(1, 1) }
export const logWithParts: CallOf<'contact/log'> = { name: 'contact/log', args: { ...logArgs(1, 1), followUps: [newFollowUp], claims: [newClaim] } }
