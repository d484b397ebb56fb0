import { useTranslation } from 'react-i18next'
import { useCallWords } from '../../commands/use-call-words.ts'
import { usePending } from '../../db/use-replica.ts'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useAppSelector } from '../store.ts'
import classes from './sync-state.module.css'

/** Unsent work that the server leaves here (B6): which, and what the server said. Nothing where there is none. */
export function WaitingWork() {
  const { t } = useTranslation()
  const waiting = useAppSelector((state) => state.syncStatus.waiting)
  const pending = usePending()
  const wordsOf = useCallWords()
  const errorText = useErrorText()
  if (waiting.length === 0) return null
  return (
    <div data-testid="sync-waiting">
      <p>{t('sync.waiting', { count: waiting.length })}</p>
      <ul className={classes.waiting}>
        {waiting.map(({ id, error }) => {
          const command = pending.find((one) => one.id === id)
          const words = command && wordsOf(command)
          return (
            <li key={id}>
              {words && <p>{[words.what, words.household].filter(Boolean).join(' · ')}</p>}
              <p className={classes.quiet}>{errorText(error)}</p>
            </li>
          )
        })}
      </ul>
      <p className={classes.quiet}>{t('sync.waitingWhy')}</p>
    </div>
  )
}
