import { IconFlag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Initiative } from '../../../shared/domain/initiative/initiative.ts'
import { useReplica } from '../../db/use-replica.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { FiledEntries } from './filed-entries.tsx'
import { InitiativePhaseTag } from './initiative-phase-tag.tsx'
import { phaseOf } from './initiative-rows.ts'
import classes from './initiatives.module.css'

/** One initiative: its facts, and the contacts filed under it. */
export function InitiativePane({ id, seesEntries }: { readonly id: string; readonly seesEntries: boolean }) {
  const { t } = useTranslation('initiatives')
  const { todayOn } = useClock()
  const initiative = useReplica((view) => view.find('initiatives', id), [id])
  const unsettled = useReplica((view) => view.unsettledOf('initiatives', id), [id])
  if (!initiative) return <EmptyState icon={<IconFlag />} title={t('empty.missing')} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className={classes.pane} tabIndex={0} aria-label={initiative.name} data-testid="initiative-pane">
      <h1 className={classes.heading}>{initiative.name}</h1>
      <p className={classes.tags}>
        <Tag tone="grey">{t(`kind.${initiative.kind}`)}</Tag>
        <InitiativePhaseTag phase={phaseOf(initiative, todayOn)} />
        <SaveState state={unsettled} />
      </p>
      <InitiativeFacts initiative={initiative} />
      {seesEntries ? <FiledEntries initiativeId={id} /> : <p className={classes.quiet}>{t('entriesHidden')}</p>}
    </section>
  )
}

function InitiativeFacts({ initiative }: { readonly initiative: Initiative }) {
  const { t } = useTranslation('initiatives')
  const format = useFormat()
  const owner = useReplica((view) => view.find('colleagues', initiative.ownerId)?.name, [initiative.ownerId])
  const { fromOn, toOn, place, budgetMinor, currency } = initiative
  return (
    <dl className={classes.facts}>
      <dt>{t('field.days')}</dt>
      <dd>
        {fromOn === toOn ? format.dayLong(fromOn) : t('days', { from: format.dayLong(fromOn), to: format.dayLong(toOn) })} · {format.relativeDay(fromOn)}
      </dd>
      <dt>{t('field.place')}</dt>
      <dd>{place || '–'}</dd>
      <dt>{t('field.budget')}</dt>
      <dd>{budgetMinor > 0 ? <Money minor={budgetMinor} currency={currency} /> : '–'}</dd>
      <dt>{t('field.owner')}</dt>
      <dd>{owner ?? '–'}</dd>
    </dl>
  )
}
