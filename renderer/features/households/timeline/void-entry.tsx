import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { cleanNote } from '../../../commands/clean-text.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import classes from './timeline.module.css'

/** Voids an entry with a reason; says first what that does, because it cannot be undone. */
export function VoidEntry({ entry, onClose }: { readonly entry: ContactEntry; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const [reason, setReason] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const onSave = () => {
    setHasTried(true)
    const stated = cleanNote(reason)
    if (stated !== '') void submit({ name: 'contact/void', args: { id: entry.id, reason: stated } }, { toast: t('void.saved') })
  }
  return (
    <InlineForm label={t('timeline.void')} error={error} isSaving={isSaving} isDanger saveLabel={t('void.confirm')} testId="void-form" onSave={onSave} onCancel={onClose}>
      <p className={classes.meta}>{t('void.question')}</p>
      <TextInput
        label={t('void.reason')}
        value={reason}
        maxLength={1000}
        error={hasTried && reason.trim() === '' ? t('void.reasonMissing') : undefined}
        data-testid="void-reason"
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </InlineForm>
  )
}
