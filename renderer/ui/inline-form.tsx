import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors/error-codes.ts'
import { ErrorText } from './error-text.tsx'
import classes from './inline-form.module.css'
import { focusUnclear, isListOpen } from './unclear-field.ts'

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
  const [opener] = useState(whoHasFocus) // at the first rendering: what the form stands in for is about to go
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-autofocus]') ?? form.current?.querySelector<HTMLElement>('input, textarea, select')
    first?.focus()
    form.current?.scrollIntoView({ block: 'nearest' }) // with its buttons
    return () => focusAgain(opener)
  }, [opener])
  const save = () => {
    if (!focusUnclear(form.current)) onSave()
  }
  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={label}
      data-testid={testId}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
        if (event.key !== 'Escape' || isListOpen(event.target)) return
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

/** An element, and where it stands among those of its kind: a form that stood in its place leaves another one there. */
interface Opener {
  readonly element: HTMLElement | null
  readonly kind: string | null // its test id
  readonly place: number
}

const allOf = (kind: string): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>(`[data-testid="${CSS.escape(kind)}"]`)]

function whoHasFocus(): Opener {
  const element = document.activeElement
  if (!(element instanceof HTMLElement)) return { element: null, kind: null, place: -1 }
  const kind = element.dataset['testid'] ?? null
  return { element, kind, place: kind === null ? -1 : allOf(kind).indexOf(element) }
}

/** Nothing where the person has gone on elsewhere. */
function focusAgain({ element, kind, place }: Opener): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return
  if (element?.isConnected) element.focus()
  else if (kind !== null) allOf(kind)[place]?.focus()
}
