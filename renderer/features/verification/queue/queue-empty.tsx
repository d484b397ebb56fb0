import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { allOpen, type QueueFilter } from './queue-filter.ts'

/** Nothing to show: because nothing waits, or because of the filters. */
export function QueueEmpty({ filter, onFilter }: { readonly filter: QueueFilter; readonly onFilter: (filter: QueueFilter) => void }) {
  const { t } = useTranslation('verification')
  const isFiltered = filter.state !== 'open' || filter.age !== null || filter.amount !== null || filter.isMineToSecond || filter.text !== ''
  if (!isFiltered) return <EmptyState icon={<IconChecks size={28} />} title={t('queue.emptyTitle')} hint={t('queue.emptyHint')} />
  const clear = (
    <Button variant="default" onClick={() => onFilter({ ...allOpen, sort: filter.sort })}>
      {t('queue.clear')}
    </Button>
  )
  return <EmptyState title={t('queue.noMatchTitle')} hint={t('queue.noMatchHint')} action={clear} />
}
