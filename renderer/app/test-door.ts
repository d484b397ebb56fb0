import type { CommandCall } from '../../shared/commands/run-command.ts'
import type { AppError } from '../../shared/errors/error-codes.ts'
import type { Result } from '../../shared/lib/result.ts'
import { runCommand } from '../commands/run-command.ts'
import type { ReplicaSession } from '../db/replica-session.ts'

/** What `npm run faults` works with inside the page: the way that every screen takes, and what screens show. */
export interface TestDoor {
  readonly session: ReplicaSession
  run(call: CommandCall): Promise<Result<{ commandId: string }, AppError>>
}

/** Does nothing: only a test puts a function there, from outside and before somebody signs in. */
export function openTestDoor(session: ReplicaSession): void {
  const door: TestDoor = { session, run: (call) => runCommand(session, call) }
  ;(globalThis as { rapportTestDoor?: (door: TestDoor) => void }).rapportTestDoor?.(door)
}
