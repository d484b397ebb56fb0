import { NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import { navigate } from '../../app/navigation.ts'
import { useCommandForm } from '../../commands/use-command-form.ts'
import { currentReplica } from '../../db/current-replica.ts'
import { useReplica } from '../../db/use-replica.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { InlineForm } from '../../ui/inline-form.tsx'
import { TimeInput } from '../../ui/time-input.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { addFollowUpArgs, type FollowUpDraft, withHousehold } from './follow-up-draft.ts'
import classes from './follow-ups.module.css'

interface AddFollowUpProps {
  readonly self: Colleague
  readonly initialHouseholdId: string | null
  readonly onClose: () => void
}

/** A promise outside a contact. */
export function AddFollowUp({ self, initialHouseholdId, onClose }: AddFollowUpProps) {
  const { t } = useTranslation('followUps')
  const { zone } = useClock()
  const [id] = useState(() => newId())
  const [draft, setDraft] = useState<FollowUpDraft>({ householdId: initialHouseholdId, title: '', note: '', dueOn: null, remindAt: '09:00', assigneeId: self.id })
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(() => navigate(`follow-ups/${id}`, { replace: true }))
  const onSave = () => {
    setHasTried(true)
    const args = addFollowUpArgs(id, draft, zone)
    const undo = { label: t('undo.add'), calls: () => [{ name: 'follow-up/complete', args: { id } }] as const }
    if (args) void submit({ name: 'follow-up/add', args }, { toast: t('toast.added'), undo })
  }
  return (
    <div className={classes.pane}>
      <h1 className={classes.heading}>{t('add')}</h1>
      <div className={classes.form}>
        <InlineForm label={t('add')} error={error} isSaving={isSaving} saveLabel={t('save')} testId="follow-up-form" onSave={onSave} onCancel={onClose}>
          <FollowUpFields draft={draft} setDraft={setDraft} self={self} hasTried={hasTried} isHouseholdGiven={initialHouseholdId !== null} />
        </InlineForm>
      </div>
    </div>
  )
}

interface FollowUpFieldsProps {
  readonly draft: FollowUpDraft
  readonly setDraft: (change: (draft: FollowUpDraft) => FollowUpDraft) => void
  readonly self: Colleague
  readonly hasTried: boolean
  readonly isHouseholdGiven: boolean
}

function FollowUpFields({ draft, setDraft, self, hasTried, isHouseholdGiven }: FollowUpFieldsProps) {
  const { t } = useTranslation('followUps')
  const { todayOn } = useClock()
  const set = (part: Partial<FollowUpDraft>) => setDraft((d) => ({ ...d, ...part }))
  const coveringOf = (id: string | null) => {
    const coverages = id === null ? [] : currentReplica().listByHousehold('coverages', id)
    return coverages.filter((c) => isCoverageActive(c, todayOn)).map((c) => c.colleagueId)
  }
  const households = useReplica((view) => view.list('households').toSorted((a, b) => a.name.localeCompare(b.name)), [])
  const assignees = useReplica(
    (view) => [...new Set([self.id, ...coveringOf(draft.householdId)])].map((id) => view.find('colleagues', id)).filter((c) => c !== undefined),
    [draft.householdId, todayOn, self.id],
  )
  const problem = (isMissing: boolean, code: 'householdMissing' | 'titleMissing' | 'dayMissing') => (hasTried && isMissing ? t(`problem.${code}`) : undefined)
  return (
    <>
      <Select
        label={t('field.household')}
        searchable
        limit={50}
        data={households.map((h) => ({ value: h.id, label: h.name }))}
        value={draft.householdId}
        error={problem(draft.householdId === null, 'householdMissing')}
        onChange={(id) => setDraft((d) => withHousehold(d, id, self.id, coveringOf(id)))}
      />
      <TextInput
        label={t('field.title')}
        value={draft.title}
        maxLength={200}
        {...(isHouseholdGiven ? { 'data-autofocus': true } : {})}
        error={problem(draft.title.trim() === '', 'titleMissing')}
        data-testid="follow-up-title"
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <DayInput
        lean="ahead"
        label={t('field.day')}
        value={draft.dueOn}
        onChange={(dueOn) => set({ dueOn })}
        error={problem(draft.dueOn === null, 'dayMissing')}
        testId="follow-up-day"
      />
      <TimeInput label={t('field.remindAt')} value={draft.remindAt} onChange={(remindAt) => set({ remindAt })} />
      <NativeSelect
        label={t('field.assignee')}
        value={draft.assigneeId}
        data={assignees.map((c) => ({ value: c.id, label: c.name }))}
        onChange={(event) => set({ assigneeId: event.currentTarget.value })}
      />
      <Textarea label={t('field.note')} value={draft.note} autosize minRows={2} maxRows={8} maxLength={19_000} onChange={(event) => set({ note: event.currentTarget.value })} />
    </>
  )
}
