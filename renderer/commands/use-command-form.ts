import { useCallback, useState } from 'react'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { type AnyCall, type RunOptions, useRunCommand } from './use-run-command.ts'

/** Sends a form's command; the form closes when it is saved, and keeps its input with the error when it is not. */
export function useCommandForm(onSaved: () => void): { readonly isSaving: boolean; readonly error: AppError | null; submit(call: AnyCall, options?: RunOptions): Promise<void> } {
  const run = useRunCommand()
  const [isSaving, setIsSaving] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const submit = useCallback(
    async (call: AnyCall, options?: RunOptions) => {
      setIsSaving(true)
      const result = await run(call, options)
      setIsSaving(false)
      setError(result.ok ? null : result.error)
      if (result.ok) onSaved()
    },
    [run, onSaved],
  )
  return { isSaving, error, submit }
}
