import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { canRoleUse } from '../../../../shared/domain/access/role-commands.ts'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { FollowUp } from '../../../../shared/domain/follow-up/follow-up.ts'
import { navigate } from '../../../app/navigation.ts'
import { useRunCommand } from '../../../commands/use-run-command.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import classes from './household-page.module.css'

/** What is promised to this household, soonest first; nothing where nothing is. */
export function FollowUpsSection({ householdId, self }: { readonly householdId: string; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const open = useReplica(
    (view) =>
      view
        .listByHousehold('followUps', householdId)
        .filter((f) => f.state === 'open')
        .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id)),
    [householdId],
  )
  if (open.length === 0) return null
  return (
    <Section title={t('followUps.title')} count={open.length}>
      <ul className={classes.list}>
        {open.map((followUp) => (
          <FollowUpItem key={followUp.id} followUp={followUp} self={self} />
        ))}
      </ul>
    </Section>
  )
}

function FollowUpItem({ followUp, self }: { readonly followUp: FollowUp; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const { t: tf } = useTranslation('followUps')
  const { todayOn } = useClock()
  const run = useRunCommand()
  const { id, title, dueOn, assigneeId } = followUp
  const unsettled = useReplica((view) => view.unsettledOf('followUps', id), [id])
  const assignee = useReplica((view) => view.find('colleagues', assigneeId)?.name, [assigneeId])
  const complete = () => {
    const undo = { label: t('followUps.undo'), calls: () => [{ name: 'follow-up/reopen', args: { id } }] as const }
    void run({ name: 'follow-up/complete', args: { id } }, { toast: t('followUps.completed'), undo })
  }
  return (
    <li className={classes.item} data-testid="household-follow-up" data-id={id}>
      {canRoleUse(self.role, 'follow-up/complete') && <Checkbox size="xs" checked={false} aria-label={t('followUps.complete', { title })} onChange={complete} />}
      <span className={classes.grow}>
        <button type="button" className={classes.linkText} onClick={() => navigate(`follow-ups/${id}`)}>
          {title}
        </button>
        <span className={classes.meta}>
          {' '}
          <DayText on={dueOn} /> · {t('followUps.for', { name: assignee ?? '' })}
        </span>
      </span>
      <span className={classes.end}>
        {dueOn < todayOn && <Tag tone="red">{tf('group.overdue')}</Tag>}
        {dueOn === todayOn && <Tag tone="amber">{tf('group.today')}</Tag>}
        <SaveState state={unsettled} />
      </span>
    </li>
  )
}
