import type { CommandContext, RowChange } from '../../shared/commands/define-command.ts'
import type { ParsedCall } from '../../shared/commands/run-command.ts'
import { tableSchemas } from '../../shared/domain/tables.ts'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import type { SignedCommand } from '../../shared/sync/push.ts'
import type { can } from '../auth/can.ts'
import type { Standing } from '../auth/standing.ts'
import { sqlStateOf } from '../db/pg-error.ts'
import type { BatchLoader } from './batch-loader.ts'
import { isKeptFromSome } from './concerned.ts'
import type { PreparedCommand } from './prepare-batch.ts'

/** What became of a command. */
export interface Run {
  readonly command: PreparedCommand
  readonly changes: readonly RowChange[] // empty where refused
  readonly own: readonly RowChange[] // those of `changes` that the command itself made
  readonly kept: ReadonlySet<RowChange> // those that are kept from some who see the household
  readonly error: AppError | null
}

export const refused = (command: PreparedCommand, error: AppError): Run => ({ command, changes: [], own: [], kept: new Set(), error })

/** What the server itself adds to an accepted command, in the same transaction; it puts it into the rows and returns it. */
export type Effects = (command: PreparedCommand, changes: readonly RowChange[], context: CommandContext) => Promise<readonly RowChange[]>

/** Everything that running commands needs; lives as long as the transaction. */
export interface Bench {
  readonly loader: BatchLoader
  /** Where the actor stands on the day of that moment; null = the set-up, which no policy restrains. */
  readonly standingAt: (atMs: number) => Standing | null
  readonly actorId: string
  readonly receivedAtMs: (envelope: SignedCommand) => number
  readonly effects: Effects
  readonly onBug: (error: unknown, commandName: string) => void
  readonly can: typeof can
}

/** A row that breaks its own schema would be refused by every device that pulls it. */
function checkRows(changes: readonly RowChange[]): AppError | null {
  for (const { table, after } of changes) {
    const issue = tableSchemas[table].safeParse(after).error?.issues[0]
    if (issue) return appError('command/malformed', { path: `${table}.${issue.path.join('.')}`, problem: issue.message })
  }
  return null
}

/** Runs one call on the rows in memory; accepted changes, the server's own included, are in the rows afterwards. */
async function runCall(bench: Bench, command: PreparedCommand, call: ParsedCall): Promise<Result<Pick<Run, 'changes' | 'own' | 'kept'>, AppError>> {
  const { rows } = bench.loader
  const { id: commandId, madeAtMs } = command.envelope
  const receivedAtMs = bench.receivedAtMs(command.envelope)
  const context: CommandContext = { actorId: bench.actorId, commandId, madeAtMs, receivedAtMs }
  if (bench.loader.lacks(call)) await bench.loader.load([call]) // rows that an earlier command of the batch led to
  const standing = bench.standingAt(receivedAtMs)
  const refusal = standing ? bench.can(call, standing) : null
  if (refusal) return err(refusal)
  const applied = call.apply(bench.loader.shown, context)
  if (!applied.ok) return applied
  if (applied.value.some(({ table, after }) => bench.loader.hides(table, after.id))) return err(appError('conflict/exists')) // as for an id of one's own rows
  const malformed = checkRows(applied.value)
  if (malformed) return err(malformed)
  rows.apply(applied.value)
  const added = await bench.effects(command, applied.value, context)
  const changes = [...applied.value, ...added]
  const kept = new Set(changes.filter((change) => isKeptFromSome(change, (id) => rows.find('contactEntries', id))))
  return ok({ changes, own: applied.value, kept })
}

/**
 * Runs one command. A bug in it refuses this command and lets those behind it go on (P4); an error of the database
 * is thrown, because the transaction is lost.
 */
export async function runCommand(bench: Bench, command: PreparedCommand): Promise<Run> {
  if (!command.call.ok) return refused(command, command.call.error)
  try {
    const result = await runCall(bench, command, command.call.value)
    return result.ok ? { command, ...result.value, error: null } : refused(command, result.error)
  } catch (error) {
    if (sqlStateOf(error) !== null) throw error
    // An unknown time zone or a number beyond the calendar throws a RangeError: the arguments are at fault, not the code.
    if (error instanceof RangeError) return refused(command, appError('command/malformed', { path: '', problem: 'range' }))
    bench.onBug(error, command.envelope.name)
    return refused(command, appError('app/bug'))
  }
}
