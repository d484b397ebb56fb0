import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useReplica } from '../../db/use-replica.ts'
import { SaveState } from '../../ui/save-state.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import { type FollowUpGroup, type FollowUpRow, groupOf } from './follow-up-rows.ts'
import classes from './follow-ups.module.css'

export function GroupRowView({ group, count }: { readonly group: FollowUpGroup; readonly count: number }) {
  const { t } = useTranslation('followUps')
  const format = useFormat()
  return (
    <span className={classes.group} data-group={group}>
      {t(`group.${group}`)} <span className={classes.count}>{format.number(count)}</span>
    </span>
  )
}

interface FollowUpRowViewProps {
  readonly row: FollowUpRow
  readonly onToggle: (() => void) | null // null = this person may not change it
}

/** Title and day; below them the household and whose it is. */
export function FollowUpRowView({ row, onToggle }: FollowUpRowViewProps) {
  const { t } = useTranslation('followUps')
  const format = useFormat()
  const { todayOn } = useClock()
  const { followUp, householdName, assigneeName } = row
  const unsettled = useReplica((view) => view.unsettledOf('followUps', followUp.id), [followUp.id])
  const isDone = followUp.state === 'done'
  return (
    <div className={classes.row} data-testid="follow-up-row" data-id={followUp.id} data-group={groupOf(followUp, todayOn)}>
      <Checkbox
        size="xs"
        checked={isDone}
        disabled={onToggle === null}
        tabIndex={-1}
        aria-label={t(isDone ? 'reopenLabel' : 'completeLabel', { title: followUp.title })}
        data-testid="follow-up-row-check"
        onChange={() => onToggle?.()}
        onClick={(event) => event.stopPropagation()}
      />
      <span className={classes.title} data-done={isDone || undefined}>
        {followUp.title}
      </span>
      <span className={classes.day}>
        <SaveState state={unsettled} />
        <time dateTime={followUp.dueOn}>{format.day(followUp.dueOn)}</time>
      </span>
      <span className={classes.meta}>{[householdName, t('for', { name: assigneeName })].filter(Boolean).join(' · ')}</span>
      <span className={classes.metaEnd}>{isDone ? '' : format.relativeDay(followUp.dueOn)}</span>
    </div>
  )
}
