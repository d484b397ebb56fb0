import { Button } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FollowUp } from '../../../shared/domain/follow-up/follow-up.ts'
import { addDays, type LocalDate } from '../../../shared/lib/local-date.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { useClock } from '../../ui/use-clock.ts'
import classes from './follow-ups.module.css'

/** Moves a promise to tomorrow, by a week or two, or to any day in words. */
export function SnoozeTools({ followUp, onSnooze }: { readonly followUp: FollowUp; readonly onSnooze: (dueOn: LocalDate) => void }) {
  const { t } = useTranslation('followUps')
  const { todayOn } = useClock()
  const [otherOn, setOtherOn] = useState<LocalDate | null>(null)
  const isOther = otherOn !== null && otherOn !== followUp.dueOn
  const takeOther = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && isOther) onSnooze(otherOn)
  }
  return (
    <div>
      <div className={classes.label} id="snooze-label">
        {t('snooze')}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would add a frame */}
      <div className={classes.actions} role="group" aria-labelledby="snooze-label">
        <Button variant="default" data-testid="follow-up-snooze-1d" onClick={() => onSnooze(addDays(todayOn, 1))}>
          {t('snoozeTomorrow')}
        </Button>
        <Button variant="default" data-testid="follow-up-snooze-1w" onClick={() => onSnooze(addDays(todayOn, 7))}>
          {t('snoozeWeek')}
        </Button>
        <Button variant="default" data-testid="follow-up-snooze-2w" onClick={() => onSnooze(addDays(todayOn, 14))}>
          {t('snoozeWeeks')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field is the same as its button */}
      <div className={classes.form} onKeyDown={takeOther}>
        <DayInput lean="ahead" label={t('snoozeOther')} value={otherOn} onChange={setOtherOn} testId="follow-up-snooze-day" />
        {isOther && (
          <Button variant="default" w="fit-content" data-testid="follow-up-snooze-other" onClick={() => onSnooze(otherOn)}>
            {t('snooze')}
          </Button>
        )}
      </div>
    </div>
  )
}
