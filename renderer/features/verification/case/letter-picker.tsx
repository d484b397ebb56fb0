import { Button, FileButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type AppError, appError } from '../../../../shared/errors/error-codes.ts'
import { err } from '../../../../shared/lib/result.ts'
import { bridge } from '../../../bridge/window-api.ts'
import { ErrorText } from '../../../ui/error-text.tsx'
import { Section } from '../../../ui/section.tsx'
import classes from './case.module.css'
import type { CaseDraft } from './case-draft.ts'

interface LetterPickerProps {
  readonly letter: CaseDraft['letter']
  readonly onLetter: ((letter: CaseDraft['letter']) => void) | null
}

/** The evidence of a mandate: the signed letter, kept in main under its hash. */
export function LetterPicker({ letter, onLetter }: LetterPickerProps) {
  const { t } = useTranslation('verification')
  const [isStoring, setIsStoring] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const store = async (file: File | null) => {
    if (!file || !onLetter) return
    setIsStoring(true)
    const bytes = await file.arrayBuffer().catch(() => null) // gone, or on a stick that was pulled out
    const staged = bytes === null ? err(appError('feed/unreadable')) : await bridge.invoke('file:stage', { name: file.name.slice(0, 255), bytes: new Uint8Array(bytes) })
    setIsStoring(false)
    setError(staged.ok ? null : staged.error)
    if (staged.ok) onLetter({ name: file.name, sha256: staged.value.sha256 })
  }
  return (
    <Section title={t('letter.title')}>
      <p className={classes.quiet}>{t('letter.hint')}</p>
      {letter && (
        <p>
          {t('letter.chosen', { name: letter.name })} <code className={classes.number}>{letter.sha256.slice(0, 12)}</code>
        </p>
      )}
      {onLetter && (
        <FileButton onChange={(file) => void store(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={isStoring} data-testid="case-letter">
              {t('letter.choose')}
            </Button>
          )}
        </FileButton>
      )}
      {error && <ErrorText error={error} />}
    </Section>
  )
}
