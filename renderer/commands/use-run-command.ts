import { useCallback, useMemo } from 'react'
import type { AppError } from '../../shared/errors/error-codes.ts'
import type { Result } from '../../shared/lib/result.ts'
import { useAppSelector } from '../app/store.ts'
import type { AnyCall } from './any-call.ts'
import { type RunOptions, runAndOfferUndo } from './run-and-offer-undo.ts'
import { undoStep } from './undo-history.ts'

export type { AnyCall } from './any-call.ts'
export type { RunOptions } from './run-and-offer-undo.ts'

type Run = (call: AnyCall, options?: RunOptions) => Promise<Result<{ commandId: string }, AppError>>

/**
 * Runs a command. Its effect is visible at once; the promise resolves when it is durable in both places (spec J1).
 * An error means that nothing was kept: the form keeps its input.
 */
export function useRunCommand(): Run {
  return useCallback<Run>((call, options) => runAndOfferUndo(call, options), [])
}

/** The newest step that can be taken back (Ctrl+Z); `last` null = there is none. */
export function useUndo(): { undoLast(): void; readonly last: { readonly label: string } | null } {
  const last = useAppSelector((state) => state.toast.undoSteps.at(-1) ?? null)
  return useMemo(() => ({ last, undoLast: () => void (last && undoStep(last.id)) }), [last])
}
