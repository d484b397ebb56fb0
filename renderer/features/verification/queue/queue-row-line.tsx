import { useTranslation } from 'react-i18next'
import { useReplica } from '../../../db/use-replica.ts'
import { ClaimStateTag } from '../../../ui/claim-state-tag.tsx'
import { DayText } from '../../../ui/day-text.tsx'
import { InstantText } from '../../../ui/instant-text.tsx'
import { Money } from '../../../ui/money.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import classes from './queue.module.css'
import type { QueueRow } from './queue-rows.ts'

/** Two lines: whose money and how much; what kind, by whom, since when, where it stands. */
export function QueueRowLine({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation('verification')
  const unsettled = useReplica((view) => view.unsettledOf('outcomeClaims', row.claimId), [row.claimId])
  return (
    <div className={classes.row} data-testid="queue-row" data-claim-id={row.claimId} data-state={row.state}>
      <div className={classes.first}>
        <span className={classes.household}>{row.householdName}</span>
        <SaveState state={unsettled} />
        <span className={classes.amount}>
          <Money minor={row.amountMinor} currency={row.currency} />
        </span>
      </div>
      <div className={classes.second}>
        <span className={classes.facts}>
          {t(`kind.${row.kind}`)} · {row.makerName} · {row.decidedAtMs === null ? <Waiting row={row} /> : <Decided atMs={row.decidedAtMs} />}
        </span>
        <ClaimStateTag state={row.state} />
      </div>
    </div>
  )
}

/** How long it has waited, and until when the money was to come. */
function Waiting({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation('verification')
  return (
    <>
      <span className={classes.age} data-band={row.ageBand}>
        {t('queue.days', { count: row.ageDays })}
      </span>
      {row.expectedOn !== null && (
        <>
          {' · '}
          {t('queue.expected')} <DayText on={row.expectedOn} />
        </>
      )}
    </>
  )
}

function Decided({ atMs }: { readonly atMs: number }) {
  const { t } = useTranslation('verification')
  return (
    <>
      {t('queue.decided')} <InstantText atMs={atMs} />
    </>
  )
}
