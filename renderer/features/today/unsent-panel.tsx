import { useTranslation } from 'react-i18next'
import { useAppSelector } from '../../app/store.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { usePending } from '../../db/use-replica.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Section } from '../../ui/section.tsx'
import classes from './today.module.css'

/** What is saved on this laptop and waits for the server. */
export function UnsentPanel() {
  const { t } = useTranslation('today')
  const wordsOf = useCallWords()
  const unsent = usePending().filter((command) => command.status === 'saved')
  const left = useAppSelector((state) => state.syncStatus.waiting)
  return (
    <Section title={t('unsent.title')} count={unsent.length} testId="today-unsent">
      {unsent.length === 0 ? (
        <EmptyState isCompact title={t('unsent.empty')} />
      ) : (
        <ul className={classes.list}>
          {unsent.map((command) => {
            const words = wordsOf(command)
            return (
              <li key={command.id} className={classes.unsent}>
                <span className={classes.lines}>
                  <span className={classes.name}>{words.what}</span>
                  <span className={classes.meta}>
                    {words.household && `${words.household} · `}
                    <InstantText atMs={command.madeAtMs} isRelative />
                  </span>
                  {left.some(({ id }) => id === command.id) && <span className={classes.meta}>{t('unsent.waits')}</span>}
                </span>
                <SaveState state="saved" />
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
