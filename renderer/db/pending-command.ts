import type { AppError } from '../../shared/errors/error-codes.ts'
import type { DraftCommand } from '../../shared/ipc/ipc-contract.ts'

/** A command that is not settled, as this window knows it. `n` null = the journal has not answered yet. */
export interface PendingCommand extends DraftCommand {
  readonly n: number | null
  readonly status: 'saved' | 'applied' | 'refused'
  readonly error: AppError | null // set when refused
}

/** The order in which they take effect: by number; those still without one last, in the order in which they were made (UUIDv7). */
export function inOrder(commands: readonly PendingCommand[]): readonly PendingCommand[] {
  return [...commands].sort((a, b) => (a.n ?? Number.MAX_SAFE_INTEGER) - (b.n ?? Number.MAX_SAFE_INTEGER) || (a.id < b.id ? -1 : 1))
}
