import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, type Result } from '../../shared/lib/result.ts'
import { toastShown } from '../app/slices/toast-slice.ts'
import { store } from '../app/store.ts'
import { currentSession } from '../db/current-replica.ts'
import { type AnyCall, newestVersionOf } from './any-call.ts'
import { runCommand } from './run-command.ts'
import { rememberUndo } from './undo-history.ts'

export interface RunOptions {
  /** How to take it back; the calls are built when the person asks, from the rows of that moment. */
  readonly undo?: { readonly label: string; readonly calls: () => readonly AnyCall[] }
  /** Shown once it is saved. */
  readonly toast?: string
}

/** Runs a call in the open session and, once saved, shows its toast and remembers how to undo it. */
export async function runAndOfferUndo(call: AnyCall, options: RunOptions = {}): Promise<Result<{ commandId: string }, AppError>> {
  const session = currentSession()
  if (!session) return err(appError('session/not-open'))
  const result = await runCommand(session, { name: call.name, version: newestVersionOf(call.name), args: call.args })
  if (!result.ok) return result
  performance.mark('rapport.saved') // for the benches: it is durable, and has been on the screen since before
  const undoId = options.undo ? rememberUndo(options.undo) : null
  if (options.toast !== undefined) store.dispatch(toastShown({ id: newId(), text: options.toast, undoId, error: null }))
  return result
}
