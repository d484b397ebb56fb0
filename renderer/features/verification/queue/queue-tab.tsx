import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { foldText } from '../../../../shared/lib/fold-text.ts'
import { useNavigate } from '../../../app/navigation.ts'
import { ListPane } from '../../../ui/list-pane.tsx'
import { ScreenHeader } from '../../../ui/screen-header.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { VirtualRows } from '../../../ui/virtual-rows.tsx'
import { CasePane } from '../case/case-pane.tsx'
import { VerificationTabs } from '../verification-tabs.tsx'
import classes from './queue.module.css'
import { QueueEmpty } from './queue-empty.tsx'
import { filterQueue, type QueueFilter } from './queue-filter.ts'
import { QueueFilters } from './queue-filters.tsx'
import { QueueRowLine } from './queue-row-line.tsx'
import type { QueueRow } from './queue-rows.ts'
import { useQueueRows } from './use-queue-rows.ts'

const ROW_HEIGHT = 54 // two lines

interface QueueTabProps {
  readonly claimId: string | null
  readonly filter: QueueFilter
  readonly onFilter: (filter: QueueFilter) => void
}

/** The claims that wait, and the chosen one beside them. */
export function QueueTab({ claimId, filter, onFilter }: QueueTabProps) {
  const { t } = useTranslation('verification')
  const navigate = useNavigate()
  const paneRef = useRef<HTMLElement>(null)
  const rows = useQueueRows()
  const cellsOf = useCells()
  const shown = useMemo(() => filterQueue(rows, filter, foldText), [rows, filter])
  const choose = (id: string) => navigate(`verification/${id}`, { replace: claimId !== null })
  const list = (
    <div className={classes.list}>
      <ScreenHeader title={t('title')} count={shown.length} actions={<VerificationTabs current="queue" />}>
        <QueueFilters rows={rows} filter={filter} onFilter={onFilter} />
      </ScreenHeader>
      <VirtualRows
        rows={shown}
        rowHeight={ROW_HEIGHT}
        getKey={(row) => row.claimId}
        renderRow={(row) => <QueueRowLine row={row} />}
        selectedKey={claimId}
        onSelect={(row) => choose(row.claimId)}
        onOpen={() => paneRef.current?.focus()}
        cellsOf={cellsOf}
        label={t('queue.label')}
        testId="verification-queue"
        emptyState={<QueueEmpty filter={filter} onFilter={onFilter} />}
      />
    </div>
  )
  return <ListPane list={list} pane={<CasePane key={claimId} claimId={claimId} ref={paneRef} />} isPaneOpen={claimId !== null} onClosePane={() => navigate('verification')} />
}

/** A row of the queue as a row of a sheet. */
function useCells(): (row: QueueRow) => readonly string[] {
  const { t } = useTranslation('verification')
  const format = useFormat()
  return (row) => [
    row.householdName,
    t(`kind.${row.kind}`),
    format.money(row.amountMinor, row.currency),
    row.makerName,
    t(`state.${row.state}`),
    t('queue.days', { count: row.ageDays }),
    row.expectedOn === null ? '' : format.day(row.expectedOn),
  ]
}
