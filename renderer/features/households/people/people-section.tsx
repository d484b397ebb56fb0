import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import type { Person } from '../../../../shared/domain/person/person.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import classes from '../page/household-page.module.css'
import { roleIn } from './person-draft.ts'
import { PersonForm } from './person-form.tsx'

/** The household's people, its head first. */
export function PeopleSection({ household, self }: { readonly household: Household; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const [isAdding, setIsAdding] = useState(false)
  const persons = useReplica(
    (view) =>
      view
        .listByHousehold('persons', household.id)
        .toSorted((a, b) => Number(b.id === household.headPersonId) - Number(a.id === household.headPersonId) || a.name.localeCompare(b.name)),
    [household],
  )
  const mayEdit = canRoleUse(self.role, 'person/edit')
  return (
    <Section
      title={t('people.title')}
      {...(persons.length > 0 ? { count: persons.length } : {})}
      actions={
        mayEdit &&
        !isAdding && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} data-testid="person-add" onClick={() => setIsAdding(true)}>
            {t('people.add')}
          </Button>
        )
      }
    >
      {isAdding && <PersonForm household={household} person={null} onClose={() => setIsAdding(false)} />}
      {persons.length === 0 && !isAdding && <EmptyState isCompact title={t('people.empty')} />}
      <ul className={classes.list}>
        {persons.map((person) => (
          <PersonItem key={person.id} household={household} person={person} mayEdit={mayEdit} />
        ))}
      </ul>
    </Section>
  )
}

function PersonItem({ household, person, mayEdit }: { readonly household: Household; readonly person: Person; readonly mayEdit: boolean }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const [isEditing, setIsEditing] = useState(false)
  const unsettled = useReplica((view) => view.unsettledOf('persons', person.id), [person.id])
  if (isEditing) {
    return (
      <li>
        <PersonForm household={household} person={person} onClose={() => setIsEditing(false)} />
      </li>
    )
  }
  return (
    <li className={classes.item} data-testid="person-row">
      <div className={classes.grow}>
        <p>
          <span className={classes.strong}>{person.name}</span> <span className={classes.meta}>{t(`people.roles.${roleIn(person, household.id)}`)}</span>
        </p>
        <p className={classes.meta}>{[person.phone, person.email, person.birthOn && `* ${format.day(person.birthOn)}`].filter(Boolean).join(' · ')}</p>
      </div>
      <span className={classes.end}>
        <SaveState state={unsettled} />
        {mayEdit && (
          <ActionIcon aria-label={t('people.edit', { name: person.name })} onClick={() => setIsEditing(true)}>
            <IconPencil size={15} />
          </ActionIcon>
        )}
      </span>
    </li>
  )
}
