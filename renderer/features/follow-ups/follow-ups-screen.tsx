import { IconChecklist } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../app/navigation.ts'
import { useAppSelector } from '../../app/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ListPane } from '../../ui/list-pane.tsx'
import { AddFollowUp } from './add-follow-up.tsx'
import { FollowUpList } from './follow-up-list.tsx'
import { FollowUpPane } from './follow-up-pane.tsx'
import classes from './follow-ups.module.css'
import { useFollowUpActions } from './use-follow-up-actions.ts'

/** Routes 'follow-ups', 'follow-ups/<id>', 'follow-ups/new' and 'follow-ups/new/<householdId>'. */
export function FollowUpsScreen() {
  const { t } = useTranslation('followUps')
  const { segments } = useRoute()
  const self = useAppSelector((state) => state.session.colleague)
  const actions = useFollowUpActions()
  const pane = useRef<HTMLDivElement>(null)
  if (!self) return null
  const chosen = segments[1] ?? null
  const close = () => navigate('follow-ups')
  return (
    <div className={classes.screen} data-testid="follow-ups-screen">
      <ListPane
        list={
          <FollowUpList
            self={self}
            selectedId={chosen === 'new' ? null : chosen}
            actions={actions}
            onOpenPane={() => pane.current?.querySelector<HTMLElement>('button')?.focus()}
          />
        }
        pane={
          <div ref={pane} className={classes.paneFrame}>
            {chosen === null && <EmptyState icon={<IconChecklist />} title={t('empty.paneTitle')} hint={t('empty.paneHint')} />}
            {chosen === 'new' && <AddFollowUp key={segments[2] ?? ''} self={self} initialHouseholdId={segments[2] ?? null} onClose={close} />}
            {chosen !== null && chosen !== 'new' && <FollowUpPane key={chosen} id={chosen} self={self} actions={actions} />}
          </div>
        }
        isPaneOpen={chosen !== null}
        isListPrinted={chosen !== 'new'}
        onClosePane={close}
      />
    </div>
  )
}
