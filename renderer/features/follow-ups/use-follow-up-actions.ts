import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { useRunCommand } from '../../commands/use-run-command.ts'
import { useFormat } from '../../ui/use-format.ts'
import { completeOrReopen, type FollowUpChange, reassign, snooze } from './follow-up-calls.ts'

export interface FollowUpActions {
  readonly error: AppError | null // why the last change was refused
  toggleDone(followUp: FollowUp): void
  snoozeTo(followUp: FollowUp, dueOn: LocalDate): void
  handOver(followUp: FollowUp, colleague: { readonly id: string; readonly name: string }): void
}

/** What one does with a follow-up; each can be undone. */
export function useFollowUpActions(): FollowUpActions {
  const { t } = useTranslation('followUps')
  const format = useFormat()
  const run = useRunCommand()
  const [error, setError] = useState<AppError | null>(null)
  const change = useCallback(
    async (change: FollowUpChange | null, toast: string, label: string) => {
      if (change === null) return
      const result = await run(change.call, { toast, undo: { label, calls: () => [change.inverse] } })
      setError(result.ok ? null : result.error)
    },
    [run],
  )
  return useMemo(
    () => ({
      error,
      toggleDone: (followUp) => {
        const isOpen = followUp.state === 'open'
        void change(completeOrReopen(followUp), t(isOpen ? 'toast.completed' : 'toast.reopened'), t(isOpen ? 'undo.complete' : 'undo.reopen'))
      },
      snoozeTo: (followUp, dueOn) => void change(snooze(followUp, dueOn), t('toast.snoozed', { day: format.day(dueOn) }), t('undo.snooze')),
      handOver: (followUp, colleague) => void change(reassign(followUp, colleague.id), t('toast.reassigned', { name: colleague.name }), t('undo.reassign')),
    }),
    [error, change, t, format],
  )
}
