import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../shared/ipc/ipc-contract.ts'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useAttention } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { useErrorText } from '../../ui/use-error-text.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import classes from './attention.module.css'
import { AttentionPane } from './attention-pane.tsx'

function Row({ item }: { readonly item: OutboxItem }) {
  const words = useCallWords()(item)
  const errorText = useErrorText()
  return (
    <>
      <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
      <div className={classes.lines}>
        <p className={classes.name}>{[words.what, words.household, words.subject].filter(Boolean).join(' · ')}</p>
        <p className={classes.meta}>{item.error && errorText(item.error)}</p>
      </div>
      <span className={classes.when}>
        <InstantText atMs={item.madeAtMs} isRelative />
      </span>
    </>
  )
}

/** Routes: 'attention', 'attention/<command id>'. The oldest refusal is shown where none is chosen. */
export function AttentionScreen() {
  const { t } = useTranslation('attention')
  const items = useAttention()
  const rowHeight = useRowHeight() + 16
  const chosenId = useRoute().segments[1]
  const shown = chosenId === undefined ? items[0] : items.find((item) => item.id === chosenId)
  const choose = (item: OutboxItem) => navigate(`attention/${item.id}`, { replace: chosenId !== undefined })
  const none = <EmptyState icon={<IconCircleCheck size={32} stroke={1.5} />} title={t('emptyTitle')} hint={t('emptyHint')} />
  if (items.length === 0) {
    return (
      <div className={classes.screen} data-testid="attention-screen">
        <ScreenHeader title={t('title')} />
        {none}
      </div>
    )
  }
  const list = (
    <>
      <ScreenHeader title={t('title')} count={items.length}>
        <p className={classes.hint}>{t('hint')}</p>
      </ScreenHeader>
      <VirtualRows
        rows={items}
        rowHeight={rowHeight}
        getKey={(item) => item.id}
        renderRow={(item) => <Row item={item} />}
        selectedKey={shown?.id ?? null}
        onSelect={choose}
        label={t('listLabel')}
        rowTestId="attention-item"
      />
    </>
  )
  const pane = shown ? <AttentionPane key={shown.id} item={shown} /> : <EmptyState title={t('missingTitle')} hint={t('missingHint')} />
  return (
    <div className={classes.screen} data-testid="attention-screen">
      <ListPane list={list} pane={pane} isPaneOpen={chosenId !== undefined} onClosePane={() => navigate('attention')} />
    </div>
  )
}
