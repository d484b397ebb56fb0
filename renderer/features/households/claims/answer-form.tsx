import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { AmountInput } from '../../../ui/amount-input.tsx'
import { DayInput } from '../../../ui/day-input.tsx'
import classes from '../page/household-page.module.css'
import { InlineForm } from '../page/inline-form.tsx'
import { useCommandForm } from '../use-command-form.ts'
import { answerArgs, type ClaimAnswer } from './claim-answer.ts'

/** The maker answers the controller's question and corrects the claim; it then waits for a decision again. */
export function AnswerForm({ claim, onClose }: { readonly claim: OutcomeClaim; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const [seen] = useState(claim)
  const [answer, setAnswer] = useState<ClaimAnswer>({ claimedMinor: claim.claimedMinor, expectedOn: claim.expectedOn, text: '' })
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const set = (part: Partial<ClaimAnswer>) => setAnswer((a) => ({ ...a, ...part }))
  const onSave = () => {
    setHasTried(true)
    const args = answerArgs(seen, answer)
    if (args) void submit({ name: 'outcome/edit', args }, { toast: t('claims.answered') })
  }
  return (
    <InlineForm label={t('claims.answer')} error={error} isSaving={isSaving} saveLabel={t('claims.sendAnswer')} testId="claim-answer-form" onSave={onSave} onCancel={onClose}>
      <Textarea
        label={t('claims.answer')}
        value={answer.text}
        autosize
        minRows={2}
        maxLength={1000}
        error={hasTried && answer.text.trim() === '' ? t('claims.answerMissing') : undefined}
        data-testid="claim-answer"
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      <div className={classes.fields}>
        <AmountInput label={t('claims.amount')} valueMinor={answer.claimedMinor} currency={claim.currency} onChange={(claimedMinor) => set({ claimedMinor })} />
        <DayInput label={t('claims.expectedBy')} value={answer.expectedOn} onChange={(expectedOn) => set({ expectedOn })} />
      </div>
    </InlineForm>
  )
}
