import { useCallback, useState } from 'react'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { useSaving } from '../ui/use-saving.ts'
import { type AnyCall, type RunOptions, useRunCommand } from './use-run-command.ts'

/** Sends a form's command; the form closes when it is saved, and keeps its input with the error when it is not. */
export function useCommandForm(onSaved: () => void): { readonly isSaving: boolean; readonly error: AppError | null; submit(call: AnyCall, options?: RunOptions): Promise<void> } {
  const run = useRunCommand()
  const { isSaving, saveOnce } = useSaving()
  const [error, setError] = useState<AppError | null>(null)
  const submit = useCallback(
    (call: AnyCall, options?: RunOptions) =>
      saveOnce(async () => {
        const result = await run(call, options)
        setError(result.ok ? null : result.error)
        if (result.ok) onSaved()
      }),
    [run, onSaved, saveOnce],
  )
  return { isSaving, error, submit }
}
