import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { Colleague, Role } from '../../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../../app/navigation.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import { cleanDraft, findDraftProblems, newDraft } from './household-draft.ts'
import { HouseholdFields } from './household-fields.tsx'
import classes from './household-page.module.css'

const SALES: readonly Role[] = ['advisor', 'specialist', 'banker', 'supervisor']

/** Whom this person may name as the first lead: oneself, one's reports, or anyone of the sales line for the service desk. */
export const mayNameAsLead = (self: Pick<Colleague, 'id' | 'role'>, colleague: Pick<Colleague, 'id' | 'role' | 'managerId' | 'isActive'>): boolean =>
  colleague.isActive && SALES.includes(colleague.role) && (colleague.id === self.id || colleague.managerId === self.id || self.role === 'service')

/** A new household with its first lead; afterwards its page, where people and accounts are added. */
export function AddHousehold({ self, onClose }: { readonly self: Colleague; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const { todayOn } = useClock()
  const colleagues = useReplica((view) => view.list('colleagues').filter((c) => mayNameAsLead(self, c)), [self])
  const [id] = useState(() => newId())
  const [draft, setDraft] = useState(newDraft)
  const [leadId, setLeadId] = useState<string | null>(SALES.includes(self.role) ? self.id : null)
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(() => navigate(`households/${id}`, { replace: true }))
  const problems = findDraftProblems(draft)
  const onSave = () => {
    setHasTried(true)
    if (problems.length > 0 || leadId === null) return
    const lead = { id: newId(), colleagueId: leadId, fromOn: todayOn }
    void submit({ name: 'household/add', args: { ...cleanDraft(draft), id, quietPeriods: [], lead } }, { toast: t('saved.added') })
  }
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h1 className={classes.title}>{t('add')}</h1>
      </header>
      <InlineForm label={t('add')} error={error} isSaving={isSaving} testId="household-form" onSave={onSave} onCancel={onClose}>
        <HouseholdFields draft={draft} change={(part) => setDraft((d) => ({ ...d, ...part }))} problems={hasTried ? problems : []} />
        <Select
          label={t('field.lead')}
          searchable
          data={colleagues.map((c) => ({ value: c.id, label: c.name }))}
          value={leadId}
          error={hasTried && leadId === null ? t('problem.leadMissing') : undefined}
          data-testid="household-field-lead"
          onChange={setLeadId}
        />
      </InlineForm>
    </div>
  )
}
