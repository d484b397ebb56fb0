import { Button, NativeSelect } from '@mantine/core'
import { IconCheck, IconHome, IconPencilPlus, IconRotate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorText } from '../../ui/error-text.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { FollowUpFacts } from './follow-up-facts.tsx'
import { groupOf } from './follow-up-rows.ts'
import classes from './follow-ups.module.css'
import { SnoozeTools } from './snooze-tools.tsx'
import type { FollowUpActions } from './use-follow-up-actions.ts'

interface FollowUpPaneProps {
  readonly id: string
  readonly self: Colleague
  readonly actions: FollowUpActions
}

/** One promise: what, for whom, until when, and what one does with it. */
export function FollowUpPane({ id, self, actions }: FollowUpPaneProps) {
  const { t } = useTranslation('followUps')
  const { todayOn } = useClock()
  const followUp = useReplica((view) => view.find('followUps', id), [id])
  const unsettled = useReplica((view) => view.unsettledOf('followUps', id), [id])
  if (!followUp) return <EmptyState title={t('empty.missing')} hint={t('empty.missingHint')} />
  const isOpen = followUp.state === 'open'
  const group = groupOf(followUp, todayOn)
  return (
    <article className={classes.pane} aria-label={followUp.title} data-testid="follow-up-pane">
      <div className={classes.head}>
        <div className={classes.headingBox}>
          <h1 className={classes.heading}>{followUp.title}</h1>
          <p className={classes.tags}>
            {group === 'overdue' && <Tag tone="red">{t('group.overdue')}</Tag>}
            {group === 'today' && <Tag tone="amber">{t('group.today')}</Tag>}
            {group === 'done' && <Tag tone="grey">{t('group.done')}</Tag>}
            <SaveState state={unsettled} />
          </p>
        </div>
        <div className={classes.actions}>
          {canRoleUse(self.role, 'follow-up/complete') && (
            <Button
              variant={isOpen ? 'filled' : 'default'}
              leftSection={isOpen ? <IconCheck size={15} /> : <IconRotate size={15} />}
              data-testid="follow-up-complete"
              onClick={() => actions.toggleDone(followUp)}
            >
              {t(isOpen ? 'complete' : 'reopen')}
            </Button>
          )}
          {canRoleUse(self.role, 'contact/log') && (
            <Button variant="default" leftSection={<IconPencilPlus size={15} />} onClick={() => navigate(`log/${followUp.householdId}`)}>
              {t('log')}
            </Button>
          )}
          <Button variant="default" leftSection={<IconHome size={15} />} onClick={() => navigate(`households/${followUp.householdId}`)}>
            {t('openHousehold')}
          </Button>
        </div>
      </div>
      {actions.error && <ErrorText error={actions.error} />}
      <FollowUpFacts followUp={followUp} />
      {isOpen && canRoleUse(self.role, 'follow-up/snooze') && (
        <div className={classes.tools}>
          <SnoozeTools key={followUp.dueOn} followUp={followUp} onSnooze={(dueOn) => actions.snoozeTo(followUp, dueOn)} />
          <Reassign followUp={followUp} onChoose={(colleague) => actions.handOver(followUp, colleague)} />
        </div>
      )}
    </article>
  )
}

/** Only those who cover the household can take it over. */
function Reassign({ followUp, onChoose }: { readonly followUp: FollowUp; readonly onChoose: (colleague: Colleague) => void }) {
  const { t } = useTranslation('followUps')
  const { todayOn } = useClock()
  const covering = useReplica(
    (view) => {
      const active = view.listByHousehold('coverages', followUp.householdId).filter((c) => isCoverageActive(c, todayOn))
      const ids = new Set([...active.map((c) => c.colleagueId), followUp.assigneeId])
      return [...ids].map((colleagueId) => view.find('colleagues', colleagueId)).filter((c) => c !== undefined)
    },
    [followUp, todayOn],
  )
  return (
    <NativeSelect
      size="xs"
      label={t('reassign')}
      value={followUp.assigneeId}
      data={covering.map((c) => ({ value: c.id, label: c.name }))}
      data-testid="follow-up-reassign"
      onChange={(event) => {
        const colleague = covering.find((c) => c.id === event.currentTarget.value)
        if (colleague) onChoose(colleague)
      }}
    />
  )
}
