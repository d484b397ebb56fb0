import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { cleanNote } from '../../../commands/clean-text.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import classes from '../page/household-page.module.css'

/** The maker takes an undecided claim back; it stays readable. */
export function WithdrawForm({ claim, onClose }: { readonly claim: OutcomeClaim; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const [reason, setReason] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const onSave = () => {
    setHasTried(true)
    const stated = cleanNote(reason)
    if (stated !== '') void submit({ name: 'outcome/withdraw', args: { id: claim.id, reason: stated } }, { toast: t('claims.withdrawn') })
  }
  return (
    <InlineForm
      label={t('claims.withdraw')}
      error={error}
      isSaving={isSaving}
      isDanger
      saveLabel={t('claims.withdraw')}
      testId="claim-withdraw-form"
      onSave={onSave}
      onCancel={onClose}
    >
      <p className={classes.meta}>{t('claims.withdrawHint')}</p>
      <TextInput
        label={t('void.reason')}
        value={reason}
        maxLength={1000}
        error={hasTried && reason.trim() === '' ? t('problem.reasonMissing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </InlineForm>
  )
}
