import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './confirm-inline.module.css'

interface ConfirmInlineProps {
  readonly label: string // on the button that asks
  readonly question: string // says what cannot be undone
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly testId?: string // the confirming button gets `<testId>-confirm`
}

/** A button that asks in its own place before it does what cannot be undone. Esc takes the question back. */
export function ConfirmInline({ label, question, confirmLabel, onConfirm, isDanger = true, isDisabled = false, testId }: ConfirmInlineProps) {
  const { t } = useTranslation()
  const [stage, setStage] = useState<'idle' | 'asking' | 'answered'>('idle')
  if (stage !== 'asking') {
    return (
      <Button
        variant="subtle"
        justify="flex-start"
        color={isDanger ? 'red' : 'gray'}
        disabled={isDisabled}
        autoFocus={stage === 'answered'} // the focus comes back to what asked
        data-testid={testId}
        onClick={() => setStage('asking')}
      >
        {label}
      </Button>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question inside a line, not a form
    <span
      className={classes.confirm}
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setStage('answered')
      }}
    >
      <span className={classes.question}>{question}</span>
      <Button
        color={isDanger ? 'red' : 'accent'}
        data-testid={testId && `${testId}-confirm`}
        onClick={() => {
          setStage('answered')
          onConfirm()
        }}
      >
        {confirmLabel}
      </Button>
      <Button variant="default" autoFocus onClick={() => setStage('answered')}>
        {t('action.cancel')}
      </Button>
    </span>
  )
}
