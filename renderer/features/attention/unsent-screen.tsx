import { IconDeviceLaptop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAppSelector } from '../../app/store.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useIsLeftOut } from '../../commands/use-left-out.ts'
import type { PendingCommand } from '../../db/pending-command.ts'
import { useUnsent } from '../../db/use-replica.ts'
import { LoadingState } from '../../ui/loading-state.tsx'
import classes from './attention.module.css'
import { CommandRow, CommandScreen } from './command-screen.tsx'
import { UnsentPane } from './unsent-pane.tsx'

function Row({ command }: { readonly command: PendingCommand }) {
  const { t } = useTranslation('attention')
  const words = useCallWords()(command)
  const isLeftOut = useIsLeftOut(command.id)
  const name = [words.what, words.household].filter(Boolean).join(' · ')
  const icon = <IconDeviceLaptop size={16} aria-hidden className={classes.quiet} />
  return <CommandRow icon={icon} name={name} meta={isLeftOut ? t('unsent.waits') : words.subject} madeAtMs={command.madeAtMs} />
}

/** What is saved on this laptop and waits for the server, in the order in which it goes. */
export function UnsentScreen() {
  const { t } = useTranslation('attention')
  const commands = useUnsent()
  const inMain = useAppSelector((state) => state.syncStatus.unsentCount) // after a start the window reads its own list first
  if (commands.length === 0 && inMain > 0) return <LoadingState />
  return (
    <CommandScreen
      path="unsent"
      words={{ title: t('unsent.title'), hint: t('unsent.hint') }}
      listLabel={t('unsent.title')}
      items={commands}
      none={{ title: t('unsent.noneTitle'), hint: t('unsent.noneHint') }}
      gone={{ title: t('unsent.goneTitle'), hint: t('unsent.goneHint') }}
      renderRow={(command) => <Row command={command} />}
      renderPane={(command) => <UnsentPane key={command.id} command={command} />}
    />
  )
}
