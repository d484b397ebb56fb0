import { Button } from '@mantine/core'
import { IconHome, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../app/navigation.ts'
import { useIsFetching } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { filterHouseholds, type HouseholdFilter } from './household-filter.ts'
import { HouseholdListTools } from './household-list-tools.tsx'
import { HouseholdRowView } from './household-row-view.tsx'
import type { HouseholdRow } from './household-rows.ts'
import { useHouseholdRows } from './use-household-rows.ts'

/** A second line of meta text. */
const SECOND_LINE_PX = 16

interface HouseholdListProps {
  readonly self: Colleague
  readonly selectedId: string | null
  readonly onOpenPane: () => void // Enter: the pane takes the focus
}

/** Filter, order and rows of all households that this person sees. Typing in the list filters it. */
export function HouseholdList({ self, selectedId, onOpenPane }: HouseholdListProps) {
  const { t } = useTranslation('households')
  const rowHeight = useRowHeight() + SECOND_LINE_PX
  const rows = useHouseholdRows(self)
  const cellsOf = useCells()
  const isFetching = useIsFetching()
  const search = useRef<HTMLInputElement>(null)
  const hasOwn = rows.some((row) => row.isMine)
  const start: HouseholdFilter = { query: '', scope: hasOwn && self.role !== 'supervisor' ? 'mine' : 'all', state: 'all', tier: null, relationship: null, sort: 'due' }
  const [chosen, setChosen] = useState<Partial<HouseholdFilter>>({})
  const filter = { ...start, ...chosen }
  // biome-ignore lint/correctness/useExhaustiveDependencies: `filter` is made of these
  const filtered = useMemo(() => filterHouseholds(rows, filter), [rows, chosen, start.scope])

  const onKeyDown = (event: KeyboardEvent) => {
    const isText = event.key.length === 1 && event.key !== ' ' && event.key !== '?' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (isText && !(event.target instanceof HTMLInputElement)) search.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: typing anywhere in the list goes to its filter
    <div style={{ display: 'contents' }} onKeyDown={onKeyDown}>
      <ScreenHeader
        title={t('title')}
        count={filtered.rows.length}
        actions={
          canRoleUse(self.role, 'household/add') && (
            <Button variant="default" leftSection={<IconPlus size={14} />} data-testid="household-add" onClick={() => navigate('households/new')}>
              {t('add')}
            </Button>
          )
        }
      >
        <HouseholdListTools
          filter={filter}
          onChange={(change) => setChosen((c) => ({ ...c, ...change }))}
          counts={filtered.counts}
          hasScopes={hasOwn}
          hasStates={rows[0]?.cadence !== null}
          searchRef={search}
        />
      </ScreenHeader>
      <VirtualRows
        rows={filtered.rows}
        rowHeight={rowHeight}
        getKey={(row) => row.id}
        renderRow={(row) => <HouseholdRowView row={row} />}
        selectedKey={selectedId}
        onSelect={(row) => navigate(`households/${row.id}`, { replace: selectedId !== null })}
        onOpen={onOpenPane}
        cellsOf={cellsOf}
        label={t('listLabel')}
        testId="households-list"
        rowTestId="household-row"
        emptyState={
          rows.length === 0 ? (
            <EmptyState icon={<IconHome />} title={t(isFetching ? 'empty.notHereTitle' : 'empty.title')} hint={t(isFetching ? 'empty.notHereHint' : 'empty.hint')} />
          ) : (
            <EmptyState
              title={t('empty.filteredTitle')}
              hint={t('empty.filteredHint')}
              action={
                <Button variant="default" onClick={() => setChosen({ scope: 'all' })}>
                  {t('empty.clear')}
                </Button>
              }
            />
          )
        }
      />
    </div>
  )
}

/** A row of the list as a row of a sheet. */
function useCells(): (row: HouseholdRow) => readonly string[] {
  const { t } = useTranslation('households')
  const format = useFormat()
  return ({ household, cadence, leadName }) => [
    household.name,
    t(`tier.${household.tier}`),
    household.city,
    leadName ?? '',
    cadence ? t(`cadence.${cadence.state}`) : '',
    cadence?.lastTouchOn ? format.day(cadence.lastTouchOn) : '',
    household.assetsMinor > 0 ? format.money(household.assetsMinor, household.currency) : '',
  ]
}
