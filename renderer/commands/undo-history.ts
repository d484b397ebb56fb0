import { v7 as newId } from 'uuid'
import { type AppError, appError } from '../../shared/errors/error-codes.ts'
import { err, ok, type Result } from '../../shared/lib/result.ts'
import { toastShown, toastsCleared, undoAdded, undoTaken } from '../app/slices/toast-slice.ts'
import { store } from '../app/store.ts'
import { currentSession } from '../db/current-replica.ts'
import { type AnyCall, newestVersionOf } from './any-call.ts'
import { runCommand } from './run-command.ts'

/** The functions behind the steps listed in the store, which holds plain data only. */
const callsOfStep = new Map<string, () => readonly AnyCall[]>()

/** @returns the id of the step */
export function rememberUndo(undo: { readonly label: string; readonly calls: () => readonly AnyCall[] }): string {
  const id = newId()
  callsOfStep.set(id, undo.calls)
  store.dispatch(undoAdded({ id, label: undo.label }))
  const listed = new Set(store.getState().toast.undoSteps.map((s) => s.id))
  for (const known of callsOfStep.keys()) if (!listed.has(known)) callsOfStep.delete(known)
  return id
}

/** Takes one step back by its inverse commands, once. The first refusal stops it, is shown, and is the answer. */
export async function undoStep(id: string): Promise<Result<void, AppError>> {
  const calls = callsOfStep.get(id)
  const label = store.getState().toast.undoSteps.find((step) => step.id === id)?.label ?? ''
  callsOfStep.delete(id)
  store.dispatch(undoTaken(id))
  const result = await runAll(calls?.() ?? [])
  if (!result.ok) store.dispatch(toastShown({ id: newId(), text: label, undoId: null, error: result.error }))
  return result
}

async function runAll(calls: readonly AnyCall[]): Promise<Result<void, AppError>> {
  for (const call of calls) {
    const session = currentSession()
    if (!session) return err(appError('session/not-open'))
    const result = await runCommand(session, { name: call.name, version: newestVersionOf(call.name), args: call.args })
    if (!result.ok) return result
  }
  return ok(undefined)
}

/** Nothing can be undone by the next person. */
export function forgetUndo(): void {
  callsOfStep.clear()
  store.dispatch(toastsCleared())
}
