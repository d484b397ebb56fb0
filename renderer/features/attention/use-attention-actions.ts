import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import type { Result } from '../../../shared/lib/result.ts'
import { navigate } from '../../app/navigation.ts'
import { toastShown } from '../../app/slices/toast-slice.ts'
import { useAppDispatch } from '../../app/store.ts'
import { discardAttention, resendAttention } from '../../commands/attention.ts'
import { useSaveCopy } from '../../commands/use-save-copy.ts'

export interface AttentionActions {
  readonly error: AppError | null // of the last action; the item stays
  resend(args: unknown): void
  discard(): void
  exportCopy(): void
}

/** What can be done with a refused command. @param what the command in words, for the toast */
export function useAttentionActions(item: OutboxItem, what: string): AttentionActions {
  const { t } = useTranslation('attention')
  const dispatch = useAppDispatch()
  const [error, setError] = useState<AppError | null>(null)
  const copy = useSaveCopy(item, what)
  const finish = <T>(result: Result<T, AppError>, toast: string): boolean => {
    setError(result.ok ? null : result.error)
    if (result.ok) dispatch(toastShown({ id: newId(), text: toast, undoId: null, error: null }))
    return result.ok
  }
  const resend = async (args: unknown) => {
    if (finish(await resendAttention(item, args), t('resent', { what }))) navigate('attention')
  }
  const discard = async () => {
    if (finish(await discardAttention(item.id), t('discarded', { what }))) navigate('attention')
  }
  return { error: error ?? copy.error, resend: (args) => void resend(args), discard: () => void discard(), exportCopy: copy.saveCopy }
}
