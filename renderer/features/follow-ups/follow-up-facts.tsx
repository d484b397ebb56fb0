import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { InstantText } from '../../ui/instant-text.tsx'
import { useFormat } from '../../ui/use-format.ts'
import classes from './follow-ups.module.css'

/** What is known about a promise, line by line. */
export function FollowUpFacts({ followUp }: { readonly followUp: FollowUp }) {
  const { t } = useTranslation('followUps')
  const format = useFormat()
  const { householdId, entryId, assigneeId, authorId, dueOn, remindAtMs, zone, note, doneAtMs } = followUp
  const household = useReplica((view) => view.find('households', householdId)?.name, [householdId])
  const entry = useReplica((view) => (entryId === null ? undefined : view.find('contactEntries', entryId)), [entryId])
  const assignee = useReplica((view) => view.find('colleagues', assigneeId)?.name, [assigneeId])
  const author = useReplica((view) => view.find('colleagues', authorId)?.name, [authorId])
  const openHousehold = () => navigate(`households/${householdId}`)
  return (
    <dl className={classes.facts}>
      <dt>{t('field.household')}</dt>
      <dd>
        <button type="button" className={classes.link} onClick={openHousehold}>
          {household ?? t('unknownHousehold')}
        </button>
      </dd>
      <dt>{t('field.day')}</dt>
      <dd>
        {format.dayLong(dueOn)} · {format.relativeDay(dueOn)}
      </dd>
      <dt>{t('field.remindAt')}</dt>
      <dd>{remindAtMs === null ? t('noReminder') : <InstantText atMs={remindAtMs} zone={zone} />}</dd>
      <dt>{t('field.assignee')}</dt>
      <dd>{assignee}</dd>
      <dt>{t('field.author')}</dt>
      <dd>{author}</dd>
      {entry && (
        <>
          <dt>{t('field.promised')}</dt>
          <dd>
            <button type="button" className={classes.link} onClick={openHousehold}>
              {entry.subject}
            </button>{' '}
            · <InstantText atMs={entry.occurredAtMs} zone={entry.zone} />
          </dd>
        </>
      )}
      {note !== '' && (
        <>
          <dt>{t('field.note')}</dt>
          <dd>{note}</dd>
        </>
      )}
      {doneAtMs !== null && (
        <>
          <dt>{t('field.doneAt')}</dt>
          <dd>
            <InstantText atMs={doneAtMs} />
          </dd>
        </>
      )}
    </dl>
  )
}
