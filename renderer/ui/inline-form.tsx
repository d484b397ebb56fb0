import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { ErrorText } from './error-text.tsx'
import classes from './inline-form.module.css'

interface InlineFormProps {
  readonly label: string
  readonly error: AppError | null
  readonly isSaving: boolean
  readonly saveLabel?: string
  readonly isDanger?: boolean
  readonly testId: string // the saving button gets `<testId>-save`
  readonly onSave: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** A form in the place of what it changes. It takes the focus, gives it back, and Esc leaves it. */
export function InlineForm({ label, error, isSaving, saveLabel, isDanger = false, testId, onSave, onCancel, children }: InlineFormProps) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const before = document.activeElement
    form.current?.querySelector<HTMLElement>('input, textarea, select')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={label}
      data-testid={testId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      {children}
      {error && <ErrorText error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isSaving} color={isDanger ? 'red' : 'accent'} data-testid={`${testId}-save`}>
          {saveLabel ?? t('action.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  )
}
