import { Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconHome, IconSearch, IconUser } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'
import { useReplica } from '../../db/use-replica.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { navigate } from '../navigation.ts'
import { findRecords } from './find-records.ts'
import { type FrameAction, useFrameActions } from './spotlight-actions.ts'

function useFoundRecords(query: string) {
  const households = useReplica((view) => view.list('households'), [])
  const persons = useReplica((view) => view.list('persons'), [])
  return useMemo(() => findRecords(query, households, persons), [query, households, persons])
}

function ActionRow({ action }: { readonly action: FrameAction }) {
  return (
    <Spotlight.Action
      label={action.label}
      leftSection={<IconArrowRight size={16} aria-hidden />}
      rightSection={action.keys && <KeyHint keys={action.keys} />}
      onClick={action.run}
      data-testid={`action-${action.id}`}
    />
  )
}

function RecordGroups({ query }: { readonly query: string }) {
  const { t } = useTranslation()
  const found = useFoundRecords(query)
  const householdNames = useReplica((view) => new Map(view.list('households').map((h) => [h.id, h.name])), [])
  return (
    <>
      {found.households.length > 0 && (
        <Spotlight.ActionsGroup label={t('spotlight.households')}>
          {found.households.map((household) => (
            <Spotlight.Action
              key={household.id}
              label={household.name}
              description={household.city}
              leftSection={<IconHome size={16} aria-hidden />}
              onClick={() => navigate(`households/${household.id}`)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.persons.length > 0 && (
        <Spotlight.ActionsGroup label={t('spotlight.people')}>
          {found.persons.map((person) => (
            <Spotlight.Action
              key={person.id}
              label={person.name}
              description={person.memberships.map((m) => householdNames.get(m.householdId) ?? '').join(', ')}
              leftSection={<IconUser size={16} aria-hidden />}
              onClick={() => navigate(`households/${person.memberships[0]?.householdId ?? ''}`)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
    </>
  )
}

/** Ctrl K: every action by its name, every household and person that this device holds. */
export function SpotlightSearch({ role, onHelp }: { readonly role: Role; readonly onHelp: () => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const folded = foldText(query)
  const actions = useFrameActions(role, onHelp).filter((action) => foldText(action.label).includes(folded))
  const found = useFoundRecords(query)
  const isEmpty = actions.length + found.households.length + found.persons.length === 0
  return (
    <Spotlight.Root
      centered={false}
      yOffset="14vh"
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod+K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t('spotlight.open') } }}
    >
      <Spotlight.Search placeholder={t('spotlight.placeholder')} leftSection={<IconSearch size={18} aria-hidden />} data-testid="spotlight-search" />
      <Spotlight.ActionsList>
        <RecordGroups query={query} />
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('spotlight.actions')}>
            {actions.map((action) => (
              <ActionRow key={action.id} action={action} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty && <Spotlight.Empty>{t('spotlight.empty')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
