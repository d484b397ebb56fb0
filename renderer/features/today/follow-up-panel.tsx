import { Anchor, Checkbox, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import { addDays } from '../../../shared/lib/local-date.ts'
import { navigate } from '../../app/navigation.ts'
import { useRunCommand } from '../../commands/use-run-command.ts'
import { useReplica } from '../../db/use-replica.ts'
import { DayText } from '../../ui/day-text.tsx'
import { useRowHeight } from '../../ui/density.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorText } from '../../ui/error-text.tsx'
import { Section } from '../../ui/section.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { VirtualRows } from '../../ui/virtual-rows.tsx'
import classes from './today.module.css'

const DAYS_AHEAD = 7
const MOST_ROWS_SHOWN = 7

function useSoonFollowUps(selfId: string): readonly FollowUp[] {
  const { todayOn } = useClock()
  return useReplica(
    (view) =>
      view
        .list('followUps')
        .filter((f) => f.state === 'open' && f.assigneeId === selfId && f.dueOn <= addDays(todayOn, DAYS_AHEAD))
        .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1)),
    [selfId, todayOn],
  )
}

/** Completes with a way back; answers an error that the panel shows. */
function useComplete(): { readonly complete: (followUp: FollowUp) => void; readonly error: AppError | null } {
  const { t } = useTranslation('today')
  const run = useRunCommand()
  const [error, setError] = useState<AppError | null>(null)
  const complete = async ({ id, title }: FollowUp) => {
    const undo = { label: t('followUps.undo', { title }), calls: () => [{ name: 'follow-up/reopen', args: { id } } as const] }
    const done = await run({ name: 'follow-up/complete', args: { id } }, { toast: t('followUps.completed', { title }), undo })
    setError(done.ok ? null : done.error)
  }
  return { complete: (followUp) => void complete(followUp), error }
}

function DueDay({ on }: { readonly on: string }) {
  const { t } = useTranslation('today')
  const { todayOn } = useClock()
  if (on === todayOn) return <Tag tone="amber">{t('followUps.today')}</Tag>
  if (on > todayOn) return <DayText on={on} isRelative />
  return (
    <Tag tone="red">
      {t('followUps.overdue')} · <DayText on={on} />
    </Tag>
  )
}

function Row({ followUp, onComplete }: { readonly followUp: FollowUp; readonly onComplete: () => void }) {
  const { t } = useTranslation('today')
  const householdName = useReplica((view) => view.find('households', followUp.householdId)?.name ?? '', [followUp.householdId])
  return (
    <>
      <Checkbox size="xs" tabIndex={-1} checked={false} aria-label={t('followUps.complete', { title: followUp.title })} onChange={onComplete} />
      <div className={classes.lines}>
        <p className={classes.name}>{followUp.title}</p>
        <p className={classes.meta}>{householdName}</p>
      </div>
      <span className={classes.due}>
        <DueDay on={followUp.dueOn} />
      </span>
    </>
  )
}

/** The person's promises: overdue, today, and the next seven days. Space completes the selected one. */
export function FollowUpPanel({ selfId }: { readonly selfId: string }) {
  const { t } = useTranslation('today')
  const rowHeight = useRowHeight() + 12
  const followUps = useSoonFollowUps(selfId)
  const shown = followUps.slice(0, MOST_ROWS_SHOWN)
  const { complete, error } = useComplete()
  const [selected, setSelected] = useState<string | null>(null)
  const all = (
    <Anchor component="button" type="button" size="xs" onClick={() => navigate('follow-ups')}>
      {t('followUps.all')}
    </Anchor>
  )
  return (
    <Section title={t('followUps.title')} count={followUps.length} actions={all} testId="today-follow-ups">
      {error && <ErrorText error={error} />}
      {followUps.length === 0 ? (
        <EmptyState isCompact title={t('followUps.empty')} />
      ) : (
        <div className={classes.rows} style={{ height: shown.length * rowHeight }}>
          <VirtualRows
            rows={shown}
            rowHeight={rowHeight}
            getKey={(f) => f.id}
            renderRow={(f) => <Row followUp={f} onComplete={() => complete(f)} />}
            selectedKey={selected}
            onSelect={(f) => setSelected(f.id)}
            onOpen={(f) => navigate(`follow-ups/${f.id}`)}
            onToggle={complete}
            label={t('followUps.label')}
          />
        </div>
      )}
      {followUps.length > shown.length && (
        <UnstyledButton className={classes.more ?? ''} onClick={() => navigate('follow-ups')}>
          {t('followUps.more', { count: followUps.length - shown.length })}
        </UnstyledButton>
      )}
    </Section>
  )
}
