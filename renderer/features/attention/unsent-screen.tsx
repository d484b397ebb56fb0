import { IconCircleCheck, IconDeviceLaptop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { useCallWords } from '../../commands/use-call-words.ts'
import { useIsLeftOut } from '../../commands/use-left-out.ts'
import type { PendingCommand } from '../../db/pending-command.ts'
import { useUnsent } from '../../db/use-replica.ts'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { InstantText } from '../../ui/instant-text.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { LoadingState } from '../../ui/loading-state.tsx'
import { ScreenHeader } from '../../ui/screen-header.tsx'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import classes from './attention.module.css'
import { UnsentPane } from './unsent-pane.tsx'

function Row({ command }: { readonly command: PendingCommand }) {
  const { t } = useTranslation('attention')
  const words = useCallWords()(command)
  const isLeftOut = useIsLeftOut(command.id)
  return (
    <>
      <IconDeviceLaptop size={16} aria-hidden className={classes.quiet} />
      <div className={classes.lines}>
        <p className={classes.name}>{[words.what, words.household].filter(Boolean).join(' · ')}</p>
        <p className={classes.meta}>{isLeftOut ? t('unsent.waits') : words.subject}</p>
      </div>
      <span className={classes.when}>
        <InstantText atMs={command.madeAtMs} isRelative />
      </span>
    </>
  )
}

/** What is saved on this laptop and waits for the server, in the order in which it goes. Routes: 'unsent', 'unsent/<command id>'. */
export function UnsentScreen() {
  const { t } = useTranslation('attention')
  const commands = useUnsent()
  const inMain = useAppSelector((state) => state.syncStatus.unsentCount) // after a start the window reads its own list first
  const rowHeight = useRowHeight() + 16
  const chosenId = useRoute().segments[1]
  const shown = chosenId === undefined ? commands[0] : commands.find(({ id }) => id === chosenId)
  const gone = <EmptyState icon={<IconCircleCheck size={32} stroke={1.5} />} title={t('unsent.goneTitle')} hint={t('unsent.goneHint')} />
  if (commands.length === 0 && inMain > 0) return <LoadingState />
  if (commands.length === 0) {
    return (
      <div className={classes.screen} data-testid="unsent-screen">
        <ScreenHeader title={t('unsent.title')} />
        <EmptyState icon={<IconCircleCheck size={32} stroke={1.5} />} title={t('unsent.noneTitle')} hint={t('unsent.noneHint')} />
      </div>
    )
  }
  const list = (
    <>
      <ScreenHeader title={t('unsent.title')} count={commands.length}>
        <p className={classes.hint}>{t('unsent.hint')}</p>
      </ScreenHeader>
      <VirtualRows
        rows={commands}
        rowHeight={rowHeight}
        getKey={({ id }) => id}
        renderRow={(command) => <Row command={command} />}
        selectedKey={shown?.id ?? null}
        onSelect={({ id }) => navigate(`unsent/${id}`, { replace: chosenId !== undefined })}
        label={t('unsent.title')}
        rowTestId="unsent-item"
      />
    </>
  )
  return (
    <div className={classes.screen} data-testid="unsent-screen">
      <ListPane list={list} pane={shown ? <UnsentPane key={shown.id} command={shown} /> : gone} isPaneOpen={chosenId !== undefined} onClosePane={() => navigate('unsent')} />
    </div>
  )
}
