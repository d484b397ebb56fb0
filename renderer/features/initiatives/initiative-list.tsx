import { Button } from '@mantine/core'
import { IconFlag, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { InitiativeRowView } from './initiative-row-view.tsx'
import { buildInitiativeRows, type InitiativeFilter, isShown } from './initiative-rows.ts'

const SECOND_LINE_PX = 16
const FILTERS: readonly InitiativeFilter[] = ['current', 'over', 'all']

interface InitiativeListProps {
  readonly self: Colleague
  readonly seesEntries: boolean
  readonly selectedId: string | null
  readonly onOpenPane: () => void
}

/** All initiatives of the firm, what runs first. */
export function InitiativeList({ self, seesEntries, selectedId, onOpenPane }: InitiativeListProps) {
  const { t } = useTranslation('initiatives')
  const { todayOn } = useClock()
  const rowHeight = useRowHeight() + SECOND_LINE_PX
  const [filter, setFilter] = useState<InitiativeFilter>('current')
  const initiatives = useReplica((view) => view.list('initiatives'), [])
  const entries = useReplica((view) => view.listEntryFacts(), [])
  const rows = useMemo(() => buildInitiativeRows(initiatives, entries, todayOn), [initiatives, entries, todayOn])
  const shown = rows.filter((row) => isShown(row, filter))
  const add = canRoleUse(self.role, 'initiative/add') && (
    <Button variant="default" leftSection={<IconPlus size={14} />} data-testid="initiative-add" onClick={() => navigate('initiatives/new')}>
      {t('add')}
    </Button>
  )
  const showAll = (
    <Button variant="default" onClick={() => setFilter('all')}>
      {t('empty.showAll')}
    </Button>
  )
  return (
    <>
      <ScreenHeader title={t('title')} count={shown.length} actions={add}>
        <FilterChips
          label={t('filter.label')}
          value={filter}
          onChange={setFilter}
          options={FILTERS.map((value) => ({ value, label: t(`filter.${value}`), count: rows.filter((row) => isShown(row, value)).length, testId: `initiatives-filter-${value}` }))}
        />
      </ScreenHeader>
      <VirtualRows
        rows={shown}
        rowHeight={rowHeight}
        getKey={(row) => row.id}
        renderRow={(row) => <InitiativeRowView row={row} hasEntries={seesEntries} />}
        selectedKey={selectedId}
        onSelect={(row) => navigate(`initiatives/${row.id}`, { replace: selectedId !== null })}
        onOpen={onOpenPane}
        label={t('title')}
        testId="initiatives-list"
        rowTestId="initiative-row"
        emptyState={
          rows.length === 0 ? (
            <EmptyState icon={<IconFlag />} title={t('empty.title')} hint={t('empty.hint')} action={add} />
          ) : (
            <EmptyState title={t('empty.filteredTitle')} action={showAll} />
          )
        }
      />
    </>
  )
}
