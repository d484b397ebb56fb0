import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import type { PendingCommand } from '../../db/pending-command.ts'
import { usePending } from '../../db/use-replica.ts'
import { useErrorText } from '../../ui/use-error-text.ts'
import { useAppSelector } from '../store.ts'
import classes from './sync-state.module.css'

/** More than these are on the screen of unsent work. */
const MOST_SHOWN = 3

interface WaitingItemProps {
  readonly command: PendingCommand | undefined
  readonly error: AppError
  readonly onOpen: () => void
}

function WaitingItem({ command, error, onOpen }: WaitingItemProps) {
  const wordsOf = useCallWords()
  const errorText = useErrorText()
  const words = command && wordsOf(command)
  return (
    <li>
      {words && (
        <UnstyledButton className={classes.link ?? ''} onClick={onOpen}>
          {[words.what, words.household].filter(Boolean).join(' · ')}
        </UnstyledButton>
      )}
      <p className={classes.quiet}>{errorText(error)}</p>
    </li>
  )
}

/** Unsent work that the server leaves here (B6): which, and what the server said. Nothing where there is none. */
export function WaitingWork({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const waiting = useAppSelector((state) => state.syncStatus.waiting)
  const pending = usePending()
  if (waiting.length === 0) return null
  return (
    <div data-testid="sync-waiting">
      <p>{t('sync.waiting', { count: waiting.length })}</p>
      <ul className={classes.waiting}>
        {waiting.slice(0, MOST_SHOWN).map(({ id, error }) => (
          <WaitingItem key={id} command={pending.find((one) => one.id === id)} error={error} onOpen={() => onOpen(id)} />
        ))}
      </ul>
      <p className={classes.quiet}>{t('sync.waitingWhy')}</p>
    </div>
  )
}
