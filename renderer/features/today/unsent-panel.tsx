import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/navigation.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useIsLeftOut } from '../../commands/use-left-out.ts'
import type { PendingCommand } from '../../db/pending-command.ts'
import { useUnsent } from '../../db/use-replica.ts'
import { InstantText } from '../../ui/instant-text.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Section } from '../../ui/section.tsx'
import classes from './today.module.css'

/** A day offline makes dozens; all of them are on a screen of their own. */
const MOST_ROWS_SHOWN = 3

function Row({ command }: { readonly command: PendingCommand }) {
  const { t } = useTranslation('today')
  const words = useCallWords()(command)
  const isLeftOut = useIsLeftOut(command.id)
  return (
    <li>
      <UnstyledButton className={classes.unsent ?? ''} data-link data-testid="today-unsent-row" onClick={() => navigate(`unsent/${command.id}`)}>
        <span className={classes.lines}>
          <span className={classes.name}>{[words.what, words.subject].filter(Boolean).join(' · ')}</span>
          <span className={classes.meta}>
            {words.household && `${words.household} · `}
            <InstantText atMs={command.madeAtMs} isRelative />
          </span>
          {isLeftOut && <span className={classes.meta}>{t('unsent.waits')}</span>}
        </span>
        <SaveState state="saved" />
      </UnstyledButton>
    </li>
  )
}

/** What is saved on this laptop and waits for the server, the newest first; always in sight, below what scrolls. Nothing where nothing waits. */
export function UnsentPanel() {
  const { t } = useTranslation('today')
  const unsent = useUnsent()
  const shown = unsent.slice(-MOST_ROWS_SHOWN).reverse()
  if (unsent.length === 0) return null
  return (
    <div className={classes.waiting}>
      <Section title={t('unsent.title')} count={unsent.length} testId="today-unsent">
        <ul className={classes.list}>
          {shown.map((command) => (
            <Row key={command.id} command={command} />
          ))}
        </ul>
        {unsent.length > shown.length && (
          <UnstyledButton className={classes.more ?? ''} data-testid="today-unsent-more" onClick={() => navigate('unsent')}>
            {t('unsent.more', { count: unsent.length - shown.length })}
          </UnstyledButton>
        )}
      </Section>
    </div>
  )
}
