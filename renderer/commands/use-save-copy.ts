import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { toastShown } from '../app/slices/toast-slice.ts'
import { useAppDispatch } from '../app/store.ts'
import { bridge } from '../bridge/window-api.ts'
import type { PendingCommand } from '../db/pending-command.ts'

type Copied = Pick<PendingCommand, 'id' | 'name' | 'version' | 'args' | 'madeAtMs' | 'error'>

/** Writes a command with all of its input to a file of the person's choice. @param what the command in words, for the toast */
export function useSaveCopy(command: Copied, what: string): { readonly saveCopy: () => void; readonly error: AppError | null } {
  const { t } = useTranslation('attention')
  const dispatch = useAppDispatch()
  const [error, setError] = useState<AppError | null>(null)
  const saveCopy = async () => {
    const { id, name, version, args, madeAtMs, error: refusal } = command
    const text = JSON.stringify({ command: name, version, madeAt: new Date(madeAtMs).toISOString(), refusal, input: args }, null, 2)
    const saved = await bridge.invoke('file:save-text', { suggestedName: `rapport-${name.replace('/', '-')}-${id.slice(0, 8)}.json`, text })
    setError(saved.ok ? null : saved.error)
    const isKept = saved.ok && saved.value.isSaved // the person may have closed the dialog
    if (isKept) dispatch(toastShown({ id: newId(), text: t('exported', { what }), undoId: null, error: null }))
  }
  return { saveCopy: () => void saveCopy(), error }
}
