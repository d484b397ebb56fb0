import { useTranslation } from 'react-i18next'
import { useReplica } from '../../db/use-replica.ts'
import { Money } from '../../ui/money.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { InitiativePhaseTag } from './initiative-phase-tag.tsx'
import type { InitiativeRow } from './initiative-rows.ts'
import classes from './initiatives.module.css'
import { useDayRange } from './use-day-range.ts'

interface InitiativeRowViewProps {
  readonly row: InitiativeRow
  readonly hasEntries: boolean // the person sees contacts at all
}

/** Name, phase unless it is still to come, and budget; below them kind, days, place and owner, and how many contacts are filed under it. */
export function InitiativeRowView({ row, hasEntries }: InitiativeRowViewProps) {
  const { t } = useTranslation('initiatives')
  const dayRange = useDayRange()
  const { initiative, phase, entryCount } = row
  const owner = useReplica((view) => view.find('colleagues', initiative.ownerId)?.name, [initiative.ownerId])
  const unsettled = useReplica((view) => view.unsettledOf('initiatives', initiative.id), [initiative.id])
  return (
    <div className={classes.row}>
      <span className={classes.name}>{initiative.name}</span>
      <span className={classes.states}>
        <SaveState state={unsettled} />
        {phase !== 'upcoming' && <InitiativePhaseTag phase={phase} />}
      </span>
      <span className={classes.figure}>{initiative.budgetMinor > 0 && <Money minor={initiative.budgetMinor} currency={initiative.currency} />}</span>
      <span className={classes.meta}>{[t(`kind.${initiative.kind}`), dayRange(initiative), initiative.place, owner].filter(Boolean).join(' · ')}</span>
      <span className={classes.metaEnd}>{hasEntries && t('entryCount', { count: entryCount })}</span>
    </div>
  )
}
