import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useAppSelector } from '../store.ts'
import classes from './print-head.module.css'
import { useWhere } from './use-where.ts'

/** On paper only, at the head of every page: whose it is, what it shows, who printed it and when. */
export function PrintHead({ colleague }: { readonly colleague: Colleague }) {
  const format = useFormat()
  const { todayOn } = useClock()
  const firmName = useAppSelector((state) => state.session.firmName)
  const { screen, thing } = useWhere()
  return (
    <header className={classes.head} data-testid="print-head">
      <div className={classes.line}>
        <span>{[firmName, screen, thing].filter(Boolean).join(' · ')}</span>
        <span>{[colleague.name, format.dayLong(todayOn)].join(' · ')}</span>
      </div>
    </header>
  )
}
