import { useTranslation } from 'react-i18next'
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
  const waiting = usePending().filter((command) => command.status === 'saved')
  return (
    <Section title={t('unsent.title')} count={waiting.length} testId="today-unsent">
      {waiting.length === 0 ? (
        <EmptyState isCompact title={t('unsent.empty')} />
      ) : (
        <ul className={classes.list}>
          {waiting.map((command) => {
            const words = wordsOf(command)
            return (
              <li key={command.id} className={classes.unsent}>
                <span className={classes.lines}>
                  <span className={classes.name}>{words.what}</span>
                  <span className={classes.meta}>
                    {words.household && `${words.household} · `}
                    <InstantText atMs={command.madeAtMs} isRelative />
                  </span>
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
