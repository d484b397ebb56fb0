import { Progress, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './loading-state.module.css'
import { useDelayed } from './use-delayed.ts'

const SHOW_AFTER_MS = 300
const ROW_WIDTHS = ['72%', '58%', '66%', '44%', '61%'] as const

interface LoadingStateProps {
  readonly label?: string
  readonly done?: number
  readonly total?: number // with `done`: a count and a bar instead of rows
}

/** Rows in waiting. Nothing shows in the first 300 ms, so that quick answers do not flicker. */
export function LoadingState({ label, done, total }: LoadingStateProps) {
  const { t } = useTranslation()
  const isShown = useDelayed(SHOW_AFTER_MS)
  const hasCount = done !== undefined && total !== undefined && total > 0
  const text = label ?? t('loading.label')
  return (
    <div className={classes.loading} role="status" aria-busy="true" aria-label={text}>
      {isShown && hasCount && (
        <div className={classes.progress}>
          <p>
            {text} <span className={classes.count}>{t('loading.progress', { done, total })}</span>
          </p>
          <Progress value={(100 * done) / total} size="sm" aria-label={text} />
        </div>
      )}
      {isShown && !hasCount && ROW_WIDTHS.map((width) => <Skeleton key={width} height={10} width={width} className={classes.row ?? ''} />)}
    </div>
  )
}
