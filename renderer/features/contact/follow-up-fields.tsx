import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { LocalDate } from '../../../shared/lib/local-date.ts'
import { parseDay } from '../../../shared/lib/parse-day.ts'
import { ChoiceBar } from '../../ui/choice-bar.tsx'
import { DayInput } from '../../ui/day-input.tsx'
import { TimeInput } from '../../ui/time-input.tsx'
import { useClock } from '../../ui/use-clock.ts'
import type { FollowUpForm } from './contact-form.ts'
import { ContactSection } from './contact-section.tsx'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'

const QUICK_DAYS = [
  { value: 'tomorrow', text: 'tomorrow', testId: 'log-follow-up-1d' },
  { value: 'week1', text: 'in 1 week', testId: 'log-follow-up-1w' },
  { value: 'week2', text: 'in 2 weeks', testId: 'log-follow-up-2w' },
  { value: 'month1', text: 'in 1 month', testId: 'log-follow-up-1m' },
] as const
const REMIND_AT = '09:00'

const quickDay = (text: string, todayOn: LocalDate): LocalDate | null => parseDay(text, todayOn, 'en')

/** The next follow-up: one press for the usual days, any other in words. */
export function FollowUpFields({ form, change, facts, colleagues, selfId, problemAt }: FormPartProps) {
  const { t } = useTranslation('contact')
  const { todayOn } = useClock()
  const { followUp } = form
  const set = (part: Partial<FollowUpForm>) =>
    change((f) => ({ ...f, followUp: { ...(f.followUp ?? { id: newId(), title: '', dueOn: null, remindAt: REMIND_AT, assigneeId: selfId }), ...part } }))
  const chosen = followUp === null ? 'none' : (QUICK_DAYS.find((q) => quickDay(q.text, todayOn) === followUp.dueOn)?.value ?? null)
  const assignees = [...new Set([selfId, ...(facts?.coveringIds ?? [])])]
  return (
    <ContactSection title={t('section.next')} hasHeading>
      <ChoiceBar
        label={t('section.next')}
        isLabelHidden
        choices={[
          { value: 'none', label: t('followUp.none'), testId: 'log-follow-up-none' },
          ...QUICK_DAYS.map((q) => ({ value: q.value, label: t(`followUp.${q.value}`), testId: q.testId })),
        ]}
        value={chosen}
        onChange={(value) => {
          const quick = QUICK_DAYS.find((q) => q.value === value)
          if (quick) set({ dueOn: quickDay(quick.text, todayOn) })
          else change((f) => ({ ...f, followUp: null }))
        }}
      />
      <DayInput
        lean="ahead"
        size="xs"
        label={t('followUp.day')}
        value={followUp?.dueOn ?? null}
        onChange={(dueOn) => (dueOn !== null || followUp !== null) && set({ dueOn })}
        error={problemAt('followUp')}
        testId="log-follow-up-day"
      />
      {followUp && (
        <>
          <TextInput
            size="xs"
            label={t('followUp.title')}
            placeholder={form.subject || t('followUp.titlePlaceholder')}
            value={followUp.title}
            maxLength={200}
            data-testid="log-follow-up-title"
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <div className={classes.fieldRow}>
            <TimeInput size="xs" label={t('followUp.remindAt')} value={followUp.remindAt} onChange={(remindAt) => set({ remindAt })} testId="log-follow-up-time" />
            <NativeSelect
              size="xs"
              className={classes.grow ?? ''}
              label={t('followUp.assignee')}
              data={assignees.map((id) => ({ value: id, label: colleagues.byId.get(id)?.name ?? id }))}
              value={followUp.assigneeId}
              onChange={(event) => set({ assigneeId: event.currentTarget.value })}
            />
          </div>
        </>
      )}
    </ContactSection>
  )
}
