import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { inverseEdits } from '../../../commands/edits-between.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { findOutcomeProblems, outcomeFormOf } from '../../../outcome/outcome-form.ts'
import { useOutcomeChoices } from '../../../outcome/use-outcome-choices.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import classes from '../page/household-page.module.css'
import { claimEditArgs } from './claim-edit.ts'
import { OutcomeFields } from './outcome-fields.tsx'

/**
 * The maker corrects an undecided claim; one that came back with a question is answered with it. Either way it then waits
 * for a decision anew.
 */
export function EditClaim({ claim, onClose }: { readonly claim: OutcomeClaim; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const choices = useOutcomeChoices(claim.householdId)
  const [seen] = useState(claim)
  const [outcome, setOutcome] = useState(() => outcomeFormOf(claim))
  const [answer, setAnswer] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const isAsked = seen.state === 'returned'
  const isAnswerMissing = isAsked && answer.trim() === ''
  const args = claimEditArgs(seen, outcome, isAsked ? answer : null)
  const onSave = () => {
    setHasTried(true)
    if (isAnswerMissing || args === null || findOutcomeProblems(outcome, choices.accounts).length > 0) return
    const undoArgs = { id: args.id, edits: inverseEdits(args.edits), answer: null }
    const undo = { label: t('claims.undoEdit'), calls: () => [{ name: 'outcome/edit', args: undoArgs }] as const }
    void submit({ name: 'outcome/edit', args }, isAsked ? { toast: t('claims.answered') } : { toast: t('claims.edited'), undo }) // an answer is not unsaid
  }
  return (
    <InlineForm
      label={t(isAsked ? 'claims.answer' : 'claims.edit')}
      error={error}
      isSaving={isSaving}
      {...(isAsked ? { saveLabel: t('claims.sendAnswer') } : {})}
      testId={isAsked ? 'claim-answer-form' : 'claim-edit-form'}
      onSave={onSave}
      onCancel={onClose}
    >
      {isAsked && (
        <Textarea
          size="xs"
          label={t('claims.answer')}
          value={answer}
          autosize
          minRows={2}
          maxLength={1000}
          error={hasTried && isAnswerMissing ? t('claims.answerMissing') : undefined}
          data-testid="claim-answer"
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
      )}
      <OutcomeFields outcome={outcome} change={(part) => setOutcome((o) => ({ ...o, ...part }))} choices={choices} hasTried={hasTried} />
      {!isAsked && <p className={classes.meta}>{t('claims.editHint')}</p>}
      {hasTried && args === null && <p className={classes.meta}>{t('amend.nothing')}</p>}
    </InlineForm>
  )
}
