import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { ErrorText } from '../../ui/error-text.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import classes from './log-contact.module.css'

/** From when the draft is, and how to be rid of it. */
export function DraftTools({ draftAtMs, onDiscard }: { readonly draftAtMs: number; readonly onDiscard: () => void }) {
  const { t } = useTranslation('contact')
  return (
    <>
      <span className={classes.draft}>
        {t('draftFrom')} <InstantText atMs={draftAtMs} isRelative />
      </span>
      <Button variant="subtle" color="gray" data-testid="log-discard-draft" onClick={onDiscard}>
        {t('discardDraft')}
      </Button>
    </>
  )
}

interface SaveBarProps {
  readonly error: AppError | null // why nothing was saved
  readonly problemCount: number
  readonly isSaving: boolean
  readonly onSave: () => void
}

export function SaveBar({ error, problemCount, isSaving, onSave }: SaveBarProps) {
  const { t } = useTranslation('contact')
  return (
    <div className={classes.foot}>
      <div className={classes.footText}>
        {error && <ErrorText error={error} testId="log-error" />}
        {!error && problemCount > 0 && (
          <p className={classes.problem} role="alert" data-testid="log-error">
            {t('problem.summary', { count: problemCount })}
          </p>
        )}
      </div>
      <KeyHint keys="mod+enter" />
      <Button size="sm" loading={isSaving} data-testid="log-save" onClick={onSave}>
        {t('save')}
      </Button>
    </div>
  )
}
