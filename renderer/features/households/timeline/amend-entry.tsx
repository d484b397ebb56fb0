import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { cleanNote } from '../../../commands/clean-text.ts'
import { inverseEdits } from '../../../commands/edits-between.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { useLanguage } from '../../../i18n/use-language.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import { amendDraftOf, amendEdits, isAmendReasonNeeded } from './amend-draft.ts'
import { AmendFields } from './amend-fields.tsx'
import classes from './timeline.module.css'

/** Changes an entry in its place; the version before stays readable. After 24 hours it asks why. */
export function AmendEntry({ entry, onClose }: { readonly entry: ContactEntry; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const language = useLanguage()
  const { nowMs } = useClock()
  const [seen] = useState(entry)
  const [draft, setDraft] = useState(() => amendDraftOf(entry))
  const [reason, setReason] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const edits = amendEdits(seen, draft, nowMs, language)
  const isReasonNeeded = isAmendReasonNeeded(entry, nowMs)
  const onSave = () => {
    setHasTried(true)
    const stated = cleanNote(reason) || null
    if (edits === null || typeof edits === 'string' || (isReasonNeeded && stated === null)) return
    const { id } = entry
    const undo = { label: t('amend.undo'), calls: () => [{ name: 'contact/amend', args: { id, edits: inverseEdits(edits), reason: t('amend.undoReason') } }] as const }
    void submit({ name: 'contact/amend', args: { id, edits, reason: stated } }, { toast: t('amend.saved'), undo })
  }
  return (
    <InlineForm label={t('amend.title')} error={error} isSaving={isSaving} saveLabel={t('amend.save')} testId="amend-form" onSave={onSave} onCancel={onClose}>
      <AmendFields entry={entry} draft={draft} change={(part) => setDraft((d) => ({ ...d, ...part }))} unclear={typeof edits === 'string' ? edits : null} />
      {isReasonNeeded && (
        <TextInput
          label={t('amend.reason')}
          description={t('amend.reasonHint')}
          value={reason}
          maxLength={1000}
          error={hasTried && reason.trim() === '' ? t('amend.reasonMissing') : undefined}
          data-testid="amend-reason"
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {hasTried && edits === null && <p className={classes.meta}>{t('amend.nothing')}</p>}
    </InlineForm>
  )
}
