import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { undoStep } from '../../commands/undo-history.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { type Toast, toastDismissed } from '../slices/toast-slice.ts'
import { useAppDispatch, useAppSelector } from '../store.ts'
import classes from './undo-toasts.module.css'

const SHOWN_MS = 8_000
const ERROR_SHOWN_MS = 20_000

function ToastCard({ toast, isNewest }: { readonly toast: Toast; readonly isNewest: boolean }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const dispatch = useAppDispatch()
  const hasError = toast.error !== null
  useEffect(() => {
    const timer = setTimeout(() => dispatch(toastDismissed(toast.id)), hasError ? ERROR_SHOWN_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast.id, hasError, dispatch])
  const { undoId, error } = toast
  return (
    <div className={classes.toast} data-testid="toast" data-error={error?.code}>
      {error ? <IconAlertTriangle size={16} aria-hidden className={classes.icon} /> : <IconCheck size={16} aria-hidden className={classes.icon} />}
      <span className={classes.text}>
        {toast.text}
        {error && <span className={classes.reason}>{errorText(error)}</span>}
      </span>
      {undoId !== null && (
        <Button variant="subtle" size="compact-xs" data-testid="toast-undo" rightSection={isNewest && <KeyHint keys="mod+Z" />} onClick={() => void undoStep(undoId)}>
          {t('action.undo')}
        </Button>
      )}
      <ActionIcon size={22} aria-label={t('action.close')} onClick={() => dispatch(toastDismissed(toast.id))}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}

/** What was just done, with the way back. */
export function UndoToasts() {
  const { t } = useTranslation()
  const toasts = useAppSelector((state) => state.toast.toasts)
  return (
    <section className={classes.stack} data-screen-only aria-label={t('undo.label')} aria-live="polite">
      {toasts.map((toast, index) => (
        <ToastCard key={toast.id} toast={toast} isNewest={index === toasts.length - 1} />
      ))}
    </section>
  )
}
