import { NativeSelect } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { tierSchema } from '../../../shared/domain/household/household.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { type HouseholdFilter, type HouseholdSort, householdSorts, type StateFilter, stateFilters } from './household-filter.ts'
import classes from './household-list.module.css'

interface HouseholdListToolsProps {
  readonly filter: HouseholdFilter
  readonly onChange: (change: Partial<HouseholdFilter>) => void
  readonly counts: Readonly<Record<StateFilter, number>>
  readonly hasScopes: boolean // this person covers households of their own
  readonly hasStates: boolean
  readonly searchRef: Ref<HTMLInputElement>
}

const relationships = ['prospect', 'client', 'former'] as const

/** What narrows and orders the list. */
export function HouseholdListTools({ filter, onChange, counts, hasScopes, hasStates, searchRef }: HouseholdListToolsProps) {
  const { t } = useTranslation('households')
  return (
    <>
      <div className={classes.grow}>
        <SearchField value={filter.query} onChange={(query) => onChange({ query })} label={t('search')} inputRef={searchRef} testId="households-search" />
      </div>
      {hasScopes && (
        <FilterChips
          label={t('scope.label')}
          value={filter.scope}
          onChange={(scope) => onChange({ scope })}
          options={(['mine', 'team', 'all'] as const).map((value) => ({ value, label: t(`scope.${value}`), testId: `households-scope-${value}` }))}
        />
      )}
      {hasStates && (
        <FilterChips
          label={t('stateFilter.label')}
          value={filter.state}
          onChange={(state) => onChange({ state })}
          options={stateFilters.map((value) => ({ value, label: t(`stateFilter.${value}`), count: counts[value], testId: `households-state-${value}` }))}
        />
      )}
      <div className={classes.selects}>
        <NativeSelect
          size="xs"
          aria-label={t('more.tier')}
          value={filter.tier ?? ''}
          data={[{ value: '', label: t('more.anyTier') }, ...tierSchema.options.map((value) => ({ value, label: t(`tier.${value}`) }))]}
          onChange={(event) => onChange({ tier: tierSchema.options.find((tier) => tier === event.currentTarget.value) ?? null })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('more.relationship')}
          value={filter.relationship ?? ''}
          data={[{ value: '', label: t('more.anyRelationship') }, ...relationships.map((value) => ({ value, label: t(`relationship.${value}`) }))]}
          onChange={(event) => onChange({ relationship: relationships.find((r) => r === event.currentTarget.value) ?? null })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('sort.label')}
          value={filter.sort}
          data={householdSorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
          data-testid="households-sort"
          onChange={(event) => onChange({ sort: event.currentTarget.value as HouseholdSort })}
        />
      </div>
    </>
  )
}
