import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { editsBetween, inverseEdits } from '../../../commands/edits-between.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { cleanDraft, draftOf, findDraftProblems, type HouseholdDraft } from './household-draft.ts'
import { HouseholdFields } from './household-fields.tsx'

/** Changes a household's own data in its place. Only what differs from what the person saw is sent. */
export function EditHousehold({ household, onClose }: { readonly household: Household; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const [seen] = useState(() => draftOf(household))
  const [draft, setDraft] = useState(seen)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const problems = findDraftProblems(draft)
  const onSave = () => {
    if (problems.length > 0) return
    const edits = editsBetween<HouseholdDraft>(seen, cleanDraft(draft))
    if (edits === null) return onClose()
    const { id } = household
    const undo = { label: t('saved.undoEdit'), calls: () => [{ name: 'household/edit', args: { id, edits: inverseEdits(edits) } }] as const }
    void submit({ name: 'household/edit', args: { id, edits } }, { toast: t('saved.edited'), undo })
  }
  return (
    <InlineForm label={t('action.edit')} error={error} isSaving={isSaving} testId="household-form" onSave={onSave} onCancel={onClose}>
      <HouseholdFields draft={draft} change={(part) => setDraft((d) => ({ ...d, ...part }))} problems={problems} />
    </InlineForm>
  )
}
