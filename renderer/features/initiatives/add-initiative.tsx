import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../app/navigation.ts'
import { useCommandForm } from '../../commands/use-command-form.ts'
import { useReplica } from '../../db/use-replica.ts'
import { AmountInput } from '../../ui/amount-input.tsx'
import { ChoiceBar } from '../../ui/choice-bar.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { InlineForm } from '../../ui/inline-form.tsx'
import { addInitiativeArgs, type DraftProblem, emptyDraft, findDraftProblems, type InitiativeDraft, initiativeKinds } from './initiative-draft.ts'
import classes from './initiatives.module.css'

/** A sponsorship, event or promotion under which contacts will be filed. */
export function AddInitiative({ self, onClose }: { readonly self: Colleague; readonly onClose: () => void }) {
  const { t } = useTranslation('initiatives')
  const [id] = useState(() => newId())
  const [draft, setDraft] = useState(() => emptyDraft(self.id))
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(() => navigate(`initiatives/${id}`, { replace: true }))
  const set = (part: Partial<InitiativeDraft>) => setDraft((d) => ({ ...d, ...part }))
  const onSave = () => {
    setHasTried(true)
    const args = addInitiativeArgs(id, draft)
    if (args) void submit({ name: 'initiative/add', args }, { toast: t('saved') })
  }
  return (
    <div className={classes.pane}>
      <h1 className={classes.heading}>{t('add')}</h1>
      <InlineForm label={t('add')} error={error} isSaving={isSaving} testId="initiative-form" onSave={onSave} onCancel={onClose}>
        <InitiativeFields draft={draft} set={set} problems={hasTried ? findDraftProblems(draft) : []} />
      </InlineForm>
    </div>
  )
}

interface InitiativeFieldsProps {
  readonly draft: InitiativeDraft
  readonly set: (part: Partial<InitiativeDraft>) => void
  readonly problems: readonly DraftProblem[]
}

function InitiativeFields({ draft, set, problems }: InitiativeFieldsProps) {
  const { t } = useTranslation('initiatives')
  const owners = useReplica((view) => view.list('colleagues').filter((c) => c.isActive && canRoleUse(c.role, 'initiative/add')), []).toSorted((a, b) =>
    a.name.localeCompare(b.name),
  )
  const problemAt = (field: DraftProblem['field']) => {
    const found = problems.find((p) => p.field === field)
    return found && t(`problem.${found.code}`)
  }
  return (
    <>
      <TextInput
        label={t('field.name')}
        value={draft.name}
        maxLength={200}
        error={problemAt('name')}
        data-testid="initiative-name"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <ChoiceBar
        label={t('field.kind')}
        choices={initiativeKinds.map((value) => ({ value, label: t(`kind.${value}`), testId: `initiative-kind-${value}` }))}
        value={draft.kind}
        onChange={(kind) => set({ kind })}
      />
      <div className={classes.fields}>
        <DayInput label={t('field.fromOn')} value={draft.fromOn} onChange={(fromOn) => set({ fromOn })} error={problemAt('fromOn')} testId="initiative-from" />
        <DayInput label={t('field.toOn')} value={draft.toOn} onChange={(toOn) => set({ toOn })} error={problemAt('toOn')} testId="initiative-to" />
        <TextInput label={t('field.place')} value={draft.place} maxLength={200} data-testid="initiative-place" onChange={(event) => set({ place: event.currentTarget.value })} />
        <AmountInput
          label={t('field.budget')}
          valueMinor={draft.budgetMinor}
          currency={draft.currency}
          onChange={(budgetMinor) => set({ budgetMinor })}
          onCurrencyChange={(currency) => set({ currency })}
          testId="initiative-budget"
        />
        <Select
          label={t('field.owner')}
          searchable
          allowDeselect={false}
          data={owners.map((c) => ({ value: c.id, label: c.name }))}
          value={draft.ownerId}
          data-testid="initiative-owner"
          onChange={(ownerId) => ownerId !== null && set({ ownerId })}
        />
      </div>
    </>
  )
}
