import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { membershipSchema, type Person } from '../../../../shared/domain/person/person.ts'
import { editsBetween, inverseEdits } from '../../../commands/edits-between.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { InlineForm } from '../../../ui/inline-form.tsx'
import classes from '../page/household-page.module.css'
import { findPersonProblem, type MemberRole, newPerson, personDraftOf, personFields } from './person-draft.ts'

interface PersonFormProps {
  readonly household: Household
  readonly person: Person | null // null = a new one
  readonly onClose: () => void
}

const roles = membershipSchema.shape.role.options

/** Adds or changes a person in its place. */
export function PersonForm({ household, person, onClose }: PersonFormProps) {
  const { t } = useTranslation('households')
  const [seen] = useState(person)
  const [draft, setDraft] = useState(() => (person ? personDraftOf(person, household.id) : newPerson(household)))
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const problem = findPersonProblem(draft)
  const set = (part: Partial<typeof draft>) => setDraft((d) => ({ ...d, ...part }))
  const onSave = () => {
    setHasTried(true)
    if (problem !== null) return
    const fields = personFields(draft, seen?.memberships ?? [], household.id)
    if (!seen) return void submit({ name: 'person/add', args: { id: newId(), ...fields, memberships: [...fields.memberships] } }, { toast: t('people.saved') })
    const edits = editsBetween<typeof fields>(seen, fields)
    if (edits === null) return onClose()
    const { id } = seen
    const undo = { label: t('people.undo'), calls: () => [{ name: 'person/edit', args: { id, edits: inverseEdits(edits) } }] as const }
    const isNewHead = draft.role === 'head' && edits.memberships !== undefined // a head cannot step back, only be followed
    void submit({ name: 'person/edit', args: { id, edits } }, { toast: t('people.saved'), ...(isNewHead ? {} : { undo }) })
  }
  return (
    <InlineForm
      label={person ? t('people.edit', { name: person.name }) : t('people.add')}
      error={error}
      isSaving={isSaving}
      testId="person-form"
      onSave={onSave}
      onCancel={onClose}
    >
      <div className={classes.fields}>
        <TextInput
          className={classes.wide ?? ''}
          label={t('field.name')}
          value={draft.name}
          maxLength={200}
          error={hasTried && problem === 'nameMissing' ? t('people.nameMissing') : undefined}
          data-testid="person-name"
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('people.role')}
          value={draft.role}
          data={roles.map((value) => ({ value, label: t(`people.roles.${value}`) }))}
          description={draft.role === 'head' && household.headPersonId !== null && household.headPersonId !== person?.id ? t('people.headHint') : undefined}
          onChange={(event) => set({ role: event.currentTarget.value as MemberRole })}
        />
        <DayInput label={t('people.birthOn')} value={draft.birthOn} onChange={(birthOn) => set({ birthOn })} placeholder="1968-04-21" />
        <TextInput
          type="email"
          label={t('people.email')}
          value={draft.email}
          maxLength={200}
          error={hasTried && problem === 'emailWrong' ? t('people.emailWrong') : undefined}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <TextInput type="tel" label={t('people.phone')} value={draft.phone} maxLength={40} onChange={(event) => set({ phone: event.currentTarget.value })} />
      </div>
    </InlineForm>
  )
}
