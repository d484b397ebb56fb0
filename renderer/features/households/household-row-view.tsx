import { useTranslation } from 'react-i18next'
import { Money } from '../../ui/money.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { CadenceTag } from './cadence-tag.tsx'
import classes from './household-list.module.css'
import type { HouseholdRow } from './household-rows.ts'

/** Name and assets; below them tier, city, lead and the last touch. */
export function HouseholdRowView({ row }: { readonly row: HouseholdRow }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const { household, cadence } = row
  const touched = cadence?.lastTouchOn
  return (
    <div className={classes.row}>
      <span className={classes.name}>{household.name}</span>
      <span className={classes.state}>{cadence && <CadenceTag cadence={cadence} />}</span>
      <span className={classes.assets}>{household.assetsMinor > 0 && <Money minor={household.assetsMinor} currency={household.currency} />}</span>
      <span className={classes.meta}>{[t(`tier.${household.tier}`), household.city, row.leadName ?? t('noLead')].filter(Boolean).join(' · ')}</span>
      <span className={classes.touch}>{cadence && (touched ? format.relativeDay(touched) : t('neverTouched'))}</span>
    </div>
  )
}
