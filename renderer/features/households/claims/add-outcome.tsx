import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { creditedFirst } from '../../../outcome/credit-choices.ts'
import { claimStatementOf, emptyOutcome, findOutcomeProblems } from '../../../outcome/outcome-form.ts'
import { OutcomeKindBar } from '../../../outcome/outcome-kind-bar.tsx'
import { useOutcomeChoices } from '../../../outcome/use-outcome-choices.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import classes from '../page/household-page.module.css'
import { OutcomeFields } from './outcome-fields.tsx'

interface AddOutcomeProps {
  readonly entry: ContactEntry
  readonly selfId: string
  readonly onClose: () => void
}

/** Adds what came of a contact after it was logged. */
export function AddOutcome({ entry, selfId, onClose }: AddOutcomeProps) {
  const { t } = useTranslation(['households', 'contact'])
  const choices = useOutcomeChoices(entry.householdId)
  const currency = useReplica((view) => view.find('households', entry.householdId)?.currency ?? 'EUR', [entry.householdId])
  const [outcome, setOutcome] = useState(() => emptyOutcome(newId(), creditedFirst(choices.creditableIds, selfId), currency, choices.accounts))
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const onSave = () => {
    setHasTried(true)
    if (findOutcomeProblems(outcome, choices.accounts).length > 0) return
    const args = { ...claimStatementOf(outcome), entryId: entry.id }
    const undo = { label: t('claims.undoAdd'), calls: () => [{ name: 'outcome/withdraw', args: { id: args.id, reason: t('claims.undoReason') } }] as const }
    void submit({ name: 'outcome/claim', args }, { toast: t('claims.added'), undo })
  }
  return (
    <InlineForm label={t('claims.add')} error={error} isSaving={isSaving} saveLabel={t('claims.add')} testId="add-outcome-form" onSave={onSave} onCancel={onClose}>
      <OutcomeKindBar kind={outcome.kind} onChange={(kind) => setOutcome((o) => ({ ...o, kind }))} />
      <OutcomeFields outcome={outcome} change={(part) => setOutcome((o) => ({ ...o, ...part }))} choices={choices} hasTried={hasTried} />
      <p className={classes.meta}>{t('contact:outcome.explain')}</p>
    </InlineForm>
  )
}
