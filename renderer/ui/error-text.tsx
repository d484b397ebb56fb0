import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/errors/error-codes.ts'
import callout from './callout.module.css'
import classes from './error-text.module.css'
import { useErrorText } from './use-error-text.ts'

interface ErrorTextProps {
  readonly error: AppError
  readonly text?: string // where the place asks for other words than the code's usual ones
  readonly testId?: string
}

/** An error where it arose: what happened, what to do, and the code to report. */
export function ErrorText({ error, text, testId }: ErrorTextProps) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  return (
    <div className={callout.callout} data-tone="red" role="alert" data-testid={testId} data-code={error.code}>
      <IconAlertTriangle size={16} aria-hidden className={callout.icon} />
      <p>
        {text ?? errorText(error)} <span className={classes.code}>{t('error.code', { code: error.code })}</span>
      </p>
    </div>
  )
}
