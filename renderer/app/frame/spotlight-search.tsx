import { Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconBuildingBank, IconChecklist, IconCoins, IconHome, IconMessage, IconSearch, IconUser } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/domain/colleague/colleague.ts'
import { foldText } from '../../../shared/lib/fold-text.ts'
import { useReplica } from '../../db/use-replica.ts'
import type { SearchedTable } from '../../search/folded-text.ts'
import type { SearchHit } from '../../search/search-rows.ts'
import { useSearch } from '../../search/use-search.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { navigate } from '../navigation.ts'
import { type FrameAction, useFrameActions } from './spotlight-actions.ts'

/** Of each kind; what is typed next narrows it down. */
const MOST = 5

const KINDS = [
  { table: 'households', label: 'households', Icon: IconHome },
  { table: 'persons', label: 'people', Icon: IconUser },
  { table: 'accounts', label: 'accounts', Icon: IconBuildingBank },
  { table: 'followUps', label: 'followUps', Icon: IconChecklist },
  { table: 'outcomeClaims', label: 'claims', Icon: IconCoins },
  { table: 'contactEntries', label: 'contacts', Icon: IconMessage },
] as const satisfies readonly { readonly table: SearchedTable; readonly label: string; readonly Icon: unknown }[]

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

/** A follow-up has a place of its own; everything else is found on its household's page. */
function openHit({ table, id, householdId }: SearchHit): void {
  if (table === 'followUps') navigate(`follow-ups/${id}`)
  else if (householdId !== null) navigate(`households/${householdId}`)
}

function HitRow({ hit, icon }: { readonly hit: SearchHit; readonly icon: React.ReactNode }) {
  const format = useFormat()
  const household = useReplica((view) => (hit.householdId === null ? undefined : view.find('households', hit.householdId)), [hit.householdId])
  const where = hit.table === 'households' ? household?.city : household?.name
  const when = hit.at && format.instant(hit.at.ms, hit.at.zone)
  return (
    <Spotlight.Action
      label={hit.amount ? format.money(hit.amount.minor, hit.amount.currency) : hit.title}
      description={[where, when].filter(Boolean).join(' · ')}
      leftSection={icon}
      onClick={() => openHit(hit)}
      data-testid="search-hit"
      data-table={hit.table}
    />
  )
}

/** Not rendered again with a letter, only with other hits. */
const HitGroups = memo(function HitGroups({ hits }: { readonly hits: readonly SearchHit[] }) {
  const { t } = useTranslation()
  const byTable = Map.groupBy(hits, (hit) => hit.table)
  return KINDS.map(({ table, label, Icon }) => {
    const found = byTable.get(table)
    return (
      found && (
        <Spotlight.ActionsGroup key={table} label={t(`spotlight.${label}`)}>
          {found.map((hit) => (
            <HitRow key={hit.id} hit={hit} icon={<Icon size={16} aria-hidden />} />
          ))}
        </Spotlight.ActionsGroup>
      )
    )
  })
})

/** Ctrl K: every action by its name, every record that this device holds by its words. */
export function SpotlightSearch({ role, onHelp }: { readonly role: Role; readonly onHelp: () => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const folded = foldText(query)
  const actions = useFrameActions(role, onHelp).filter((action) => folded === '' || foldText(action.label).includes(folded)) // folding for the first time takes long, and the frame stands first
  const hits = useSearch(query, MOST)
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
        <HitGroups hits={hits} />
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label={t('spotlight.actions')}>
            {actions.map((action) => (
              <ActionRow key={action.id} action={action} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length + hits.length === 0 && <Spotlight.Empty>{t('spotlight.empty')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
