import { Button, NativeSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { Colleague } from '../../../shared/domain/colleague/colleague.ts'
import { isCoverageActive } from '../../../shared/domain/coverage/coverage.ts'
import type { AppError } from '../../../shared/errors/error-codes.ts'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { type ClockTime, instantOf } from '../../../shared/lib/zoned-time.ts'
import { navigate } from '../../app/navigation.ts'
import { useRunCommand } from '../../commands/use-run-command.ts'
import { useReplica } from '../../db/use-replica.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { ErrorText } from '../../ui/error-text.tsx'
import { TimeInput } from '../../ui/time-input.tsx'
import { useClock } from '../../ui/use-clock.ts'
import classes from './follow-ups.module.css'

interface AddFollowUpProps {
  readonly self: Colleague
  readonly initialHouseholdId: string | null
  readonly onClose: () => void
}

/** A promise outside a contact. */
export function AddFollowUp({ self, initialHouseholdId, onClose }: AddFollowUpProps) {
  const { t } = useTranslation('followUps')
  const { t: tc } = useTranslation()
  const { todayOn, zone } = useClock()
  const run = useRunCommand()
  const households = useReplica((view) => view.list('households').toSorted((a, b) => a.name.localeCompare(b.name)), [])
  const [householdId, setHouseholdId] = useState(initialHouseholdId)
  const [title, setTitle] = useState('')
  const [note, setNote] = useState('')
  const [dueOn, setDueOn] = useState<LocalDate | null>(null)
  const [remindAt, setRemindAt] = useState<ClockTime | null>('09:00')
  const [assigneeId, setAssigneeId] = useState(self.id)
  const [hasTried, setHasTried] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const assignees = useReplica(
    (view) => {
      const active = householdId === null ? [] : view.listByHousehold('coverages', householdId).filter((c) => isCoverageActive(c, todayOn))
      return [...new Set([self.id, ...active.map((c) => c.colleagueId)])].map((id) => view.find('colleagues', id)).filter((c) => c !== undefined)
    },
    [householdId, todayOn, self.id],
  )
  const onSave = async () => {
    setHasTried(true)
    const stated = title.normalize('NFC').trim()
    if (householdId === null || dueOn === null || stated === '') return
    const remindAtMs = remindAt === null ? null : instantOf(dueOn, remindAt, zone)
    const id = newId()
    const args = { id, householdId, title: stated, note: note.normalize('NFC').trim(), dueOn, remindAtMs, zone, assigneeId }
    const undo = { label: t('undo.add'), calls: () => [{ name: 'follow-up/complete', args: { id } }] as const }
    const result = await run({ name: 'follow-up/add', args }, { toast: t('toast.added'), undo })
    if (result.ok) navigate(`follow-ups/${id}`, { replace: true })
    else setError(result.error)
  }
  return (
    <div className={classes.pane}>
      <h1 className={classes.heading}>{t('add')}</h1>
      <form
        className={classes.form}
        aria-label={t('add')}
        noValidate
        data-testid="follow-up-form"
        onSubmit={(event) => {
          event.preventDefault()
          void onSave()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void onSave()
          if (event.key === 'Escape') onClose()
        }}
      >
        <Select
          label={t('field.household')}
          searchable
          limit={50}
          autoFocus={initialHouseholdId === null}
          data={households.map((h) => ({ value: h.id, label: h.name }))}
          value={householdId}
          error={hasTried && householdId === null ? t('problem.householdMissing') : undefined}
          onChange={setHouseholdId}
        />
        <TextInput
          label={t('field.title')}
          value={title}
          maxLength={200}
          autoFocus={initialHouseholdId !== null}
          error={hasTried && title.trim() === '' ? t('problem.titleMissing') : undefined}
          data-testid="follow-up-title"
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <DayInput
          lean="ahead"
          label={t('field.day')}
          value={dueOn}
          onChange={setDueOn}
          error={hasTried && dueOn === null ? t('problem.dayMissing') : undefined}
          testId="follow-up-day"
        />
        <TimeInput label={t('field.remindAt')} value={remindAt} onChange={setRemindAt} />
        <NativeSelect
          label={t('field.assignee')}
          value={assigneeId}
          data={assignees.map((c) => ({ value: c.id, label: c.name }))}
          onChange={(event) => setAssigneeId(event.currentTarget.value)}
        />
        <Textarea label={t('field.note')} value={note} autosize minRows={2} maxRows={8} maxLength={19_000} onChange={(event) => setNote(event.currentTarget.value)} />
        {error && <ErrorText error={error} />}
        <div className={classes.actions}>
          <Button type="submit" data-testid="follow-up-save">
            {t('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {tc('action.cancel')}
          </Button>
        </div>
      </form>
    </div>
  )
}
