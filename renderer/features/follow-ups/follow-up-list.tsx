import { Button } from '@mantine/core'
import { IconChecklist, IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { addDays } from '../../../shared/lib/local-date.ts'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useScreenKeys } from '../../ui/screen-keys.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import { FollowUpRowView, GroupRowView } from './follow-up-row-view.tsx'
import { buildFollowUpRows, type FollowUpFilter, type FollowUpListRow, rowMeant } from './follow-up-rows.ts'
import classes from './follow-ups.module.css'
import type { FollowUpActions } from './use-follow-up-actions.ts'

const SECOND_LINE_PX = 16

interface FollowUpListProps {
  readonly self: Colleague
  readonly selectedId: string | null
  readonly actions: FollowUpActions
  readonly onOpenPane: () => void
}

/** Promises by due day. Space completes, `t` moves to tomorrow, `/` filters. */
export function FollowUpList({ self, selectedId, actions, onOpenPane }: FollowUpListProps) {
  const { t } = useTranslation('followUps')
  const { todayOn, nowMs } = useClock()
  const cellsOf = useCells()
  const rowHeight = useRowHeight() + SECOND_LINE_PX
  const search = useRef<HTMLInputElement>(null)
  const [filter, setFilter] = useState<FollowUpFilter>({ scope: self.role === 'supervisor' ? 'team' : 'mine', query: '' })
  const followUps = useReplica((view) => view.list('followUps'), [])
  const households = useReplica((view) => view.list('households'), [])
  const colleagues = useReplica((view) => view.list('colleagues'), [])
  const { rows, openCount } = useMemo(
    () => buildFollowUpRows({ followUps, households, colleagues, self, todayOn }, filter, nowMs),
    [followUps, households, colleagues, self, todayOn, filter, nowMs],
  )
  useScreenKeys([
    { keys: 'Space', label: t('keys.complete') },
    { keys: 'Shift+T', label: t('keys.tomorrow') },
  ])
  const mayChange = canRoleUse(self.role, 'follow-up/complete')
  const toggle = (row: FollowUpListRow) => row.kind === 'followUp' && mayChange && actions.toggleDone(row.followUp)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ' || event.key === '?') return
    const selected = rows.find((row) => row.id === selectedId)
    if (event.key === 'T' && selected?.kind === 'followUp' && mayChange) actions.snoozeTo(selected.followUp, addDays(todayOn, 1))
    else search.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: typing anywhere in the list goes to its filter
    <div className={classes.contents} onKeyDown={onKeyDown}>
      <ScreenHeader
        title={t('title')}
        count={openCount}
        actions={
          canRoleUse(self.role, 'follow-up/add') && (
            <Button variant="default" leftSection={<IconPlus size={14} />} data-testid="follow-up-add" onClick={() => navigate('follow-ups/new')}>
              {t('add')}
            </Button>
          )
        }
      >
        <FilterChips
          label={t('scope.label')}
          value={filter.scope}
          onChange={(scope) => setFilter((f) => ({ ...f, scope }))}
          options={(['mine', 'team', 'all'] as const).map((value) => ({ value, label: t(`scope.${value}`), testId: `follow-ups-scope-${value}` }))}
        />
        <div className={classes.grow}>
          <SearchField value={filter.query} onChange={(query) => setFilter((f) => ({ ...f, query }))} label={t('search')} inputRef={search} testId="follow-ups-search" />
        </div>
      </ScreenHeader>
      <VirtualRows
        rows={rows}
        rowHeight={rowHeight}
        getKey={(row) => row.id}
        renderRow={(row) =>
          row.kind === 'group' ? <GroupRowView group={row.group} count={row.count} /> : <FollowUpRowView row={row} onToggle={mayChange ? () => toggle(row) : null} />
        }
        selectedKey={selectedId}
        onSelect={(target) => {
          const row = rowMeant(rows, target, selectedId)
          if (row) navigate(`follow-ups/${row.id}`, { replace: selectedId !== null })
        }}
        onOpen={onOpenPane}
        onToggle={toggle}
        cellsOf={cellsOf}
        label={t('listLabel')}
        testId="follow-ups-list"
        emptyState={
          filter.query === '' ? (
            <EmptyState icon={<IconChecklist />} title={t('empty.title')} hint={t('empty.hint')} />
          ) : (
            <EmptyState title={t('empty.filteredTitle')} hint={t('empty.filteredHint')} />
          )
        }
      />
    </div>
  )
}

/** A row of the list as a row of a sheet. */
function useCells(): (row: FollowUpListRow) => readonly string[] {
  const { t } = useTranslation('followUps')
  const format = useFormat()
  return (row) => {
    if (row.kind === 'group') return [t(`group.${row.group}`)]
    const { followUp, householdName, assigneeName } = row
    return [followUp.title, householdName, format.day(followUp.dueOn), assigneeName, followUp.state === 'done' ? t('group.done') : '']
  }
}
