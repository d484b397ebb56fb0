import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { navigate } from '../../app/navigation.ts'
import { discardAttention } from '../../commands/attention.ts'
import { useRunCommand } from '../../commands/use-run-command.ts'
import { useSaving } from '../../ui/use-saving.ts'
import type { LogArgs } from './build-log-args.ts'

interface SaveContact {
  readonly isSaving: boolean
  readonly error: AppError | null // why nothing was saved
  save(args: LogArgs): Promise<void>
}

/**
 * Saves the entry and goes to the household, where it already stands.
 * @param resentId the refused command that this entry replaces; it is discarded once the new one is saved
 * @param onSaved before leaving: the draft may go
 */
export function useSaveContact(resentId: string | null, onSaved: () => void): SaveContact {
  const { t } = useTranslation('contact')
  const run = useRunCommand()
  const { isSaving, saveOnce } = useSaving()
  const [error, setError] = useState<AppError | null>(null)
  const save = useCallback(
    (args: LogArgs) =>
      saveOnce(async () => {
        if (error !== null) setError(null)
        const undo = { label: t('title'), calls: () => [{ name: 'contact/void', args: { id: args.id, reason: t('voidReason') } }] as const }
        const result = await run({ name: 'contact/log', args }, { undo, toast: t('saved') })
        if (!result.ok) return setError(result.error)
        onSaved()
        navigate(`households/${args.householdId}`, { replace: true })
        if (resentId !== null) await discardAttention(resentId)
      }),
    [run, resentId, onSaved, saveOnce, t, error],
  )
  return { isSaving, error, save }
}
