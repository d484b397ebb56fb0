import { NativeSelect } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type AgeBand, ageBands } from '../../../outcome/claim-age.ts'
import { FilterChips } from '../../../ui/filter-chips.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import classes from './queue.module.css'
import { countByState, type QueueFilter, type QueueSort, queueStates } from './queue-filter.ts'
import { type AmountBand, amountBands, type QueueRow } from './queue-rows.ts'

interface QueueFiltersProps {
  readonly rows: readonly QueueRow[]
  readonly filter: QueueFilter
  readonly onFilter: (filter: QueueFilter) => void
}

/** State, text, age, amount, order. Values of the selects come from our own lists. */
export function QueueFilters({ rows, filter, onFilter }: QueueFiltersProps) {
  const { t } = useTranslation('verification')
  const counts = useMemo(() => countByState(rows, queueStates), [rows])
  const secondCount = useMemo(() => rows.filter((row) => row.isMineToSecond).length, [rows])
  const change = (part: Partial<QueueFilter>) => onFilter({ ...filter, ...part })
  const states = queueStates.map((state) => ({ value: state, label: t(`queue.states.${state}`), count: counts.get(state) ?? 0, testId: `queue-state-${state}` }))
  const ages = [{ value: '', label: t('queue.anyAge') }, ...ageBands.map((band) => ({ value: band, label: t(`queue.ages.${band}`) }))]
  const amounts = [{ value: '', label: t('queue.anyAmount') }, ...amountBands.map((band) => ({ value: band, label: t(`queue.amounts.${band}`) }))]
  const sorts = (['age', 'amount'] as const).map((sort) => ({ value: sort, label: t(`queue.sort.${sort}`) }))
  return (
    <div className={classes.filters}>
      <FilterChips label={t('queue.stateLabel')} options={states} value={filter.state} onChange={(state) => change({ state })} />
      <div className={classes.narrow}>
        <div className={classes.search}>
          <SearchField label={t('queue.search')} value={filter.text} onChange={(text) => change({ text })} testId="queue-search" />
        </div>
        <NativeSelect
          size="xs"
          aria-label={t('queue.ageLabel')}
          data={ages}
          value={filter.age ?? ''}
          onChange={(event) => change({ age: (event.currentTarget.value || null) as AgeBand | null })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('queue.amountLabel')}
          title={t('queue.amountHint')}
          data={amounts}
          value={filter.amount ?? ''}
          onChange={(event) => change({ amount: (event.currentTarget.value || null) as AmountBand | null })}
        />
        <NativeSelect size="xs" aria-label={t('queue.sortLabel')} data={sorts} value={filter.sort} onChange={(event) => change({ sort: event.currentTarget.value as QueueSort })} />
        {(secondCount > 0 || filter.isMineToSecond) && (
          <FilterChips
            label={t('queue.mineToSecond')}
            options={[{ value: 'second', label: t('queue.mineToSecond'), count: secondCount, testId: 'queue-mine-to-second' }]}
            value={filter.isMineToSecond ? 'second' : ''}
            onChange={() => change({ isMineToSecond: !filter.isMineToSecond })}
          />
        )}
      </div>
    </div>
  )
}
