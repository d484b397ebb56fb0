import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useAttention } from '../../db/use-replica.ts'
import { useErrorText } from '../../ui/use-error-text.ts'
import classes from './attention.module.css'
import { AttentionPane } from './attention-pane.tsx'
import { CommandRow, CommandScreen } from './command-screen.tsx'

function Row({ item }: { readonly item: OutboxItem }) {
  const words = useCallWords()(item)
  const errorText = useErrorText()
  const name = [words.what, words.household, words.subject].filter(Boolean).join(' · ')
  const icon = <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
  return <CommandRow icon={icon} name={name} meta={item.error && errorText(item.error)} madeAtMs={item.madeAtMs} />
}

/** What the server refused, the oldest first. */
export function AttentionScreen() {
  const { t } = useTranslation('attention')
  return (
    <CommandScreen
      path="attention"
      words={{ title: t('title'), hint: t('hint') }}
      listLabel={t('listLabel')}
      items={useAttention()}
      none={{ title: t('emptyTitle'), hint: t('emptyHint') }}
      gone={{ title: t('missingTitle'), hint: t('missingHint') }}
      renderRow={(item) => <Row item={item} />}
      renderPane={(item) => <AttentionPane key={item.id} item={item} />}
    />
  )
}
