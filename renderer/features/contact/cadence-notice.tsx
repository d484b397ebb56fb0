import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Tag } from '../../ui/tag.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { type CadenceWarning, isReasonNeeded } from './cadence-warning.ts'
import type { FormPartProps } from './form-props.ts'
import classes from './log-contact.module.css'
import type { HouseholdFacts } from './use-household-facts.ts'

interface CadenceNoticeProps extends Pick<FormPartProps, 'form' | 'change' | 'problemAt' | 'selfId'> {
  readonly facts: HouseholdFacts
  readonly warning: CadenceWarning | null
}

/** What one more contact means for this household; asks the reason where the maximum is reached. */
export function CadenceNotice({ form, change, problemAt, selfId, facts, warning }: CadenceNoticeProps) {
  const { t } = useTranslation('contact')
  const { t: th } = useTranslation('households')
  const format = useFormat()
  const text = useWarningText()
  const { cadence, household, coveringIds } = facts
  const isUncovered = form.direction === 'outbound' && !coveringIds.includes(selfId)
  return (
    <div className={classes.cadence} data-testid="log-cadence" data-kind={warning?.kind ?? ''}>
      <p className={classes.quiet}>
        {th(`tier.${household.tier}`)} · {cadence.lastTouchOn === null ? th('neverTouched') : th('lastTouch', { when: format.relativeDay(cadence.lastTouchOn) })}
      </p>
      {warning && (
        <p className={classes.warning}>
          <Tag tone={warning.kind === 'quiet' ? 'grey' : warning.kind.startsWith('near') ? 'violetOutline' : 'violet'}>{th(`cadence.${TAG_OF[warning.kind]}`)}</Tag> {text(warning)}
        </p>
      )}
      {isUncovered && <p className={classes.problem}>{t('problem.notCovered')}</p>}
      {isReasonNeeded(warning) && (
        <TextInput
          size="xs"
          label={t('cadence.reason')}
          placeholder={t('cadence.reasonPlaceholder')}
          value={form.limitReason}
          error={problemAt('limitReason')}
          data-testid="log-limit-reason"
          onChange={(event) => {
            const limitReason = event.currentTarget.value
            change((f) => ({ ...f, limitReason }))
          }}
        />
      )}
    </div>
  )
}

const TAG_OF = { near: 'nearLimit', nearCalls: 'nearLimit', over: 'overLimit', overCalls: 'overLimit', overAttempts: 'overLimit', quiet: 'quiet' } as const

function useWarningText(): (warning: CadenceWarning) => string {
  const { t } = useTranslation('contact')
  const format = useFormat()
  return (warning) => {
    switch (warning.kind) {
      case 'near':
        return t('cadence.near', { count: warning.count, max: warning.max })
      case 'nearCalls':
        return t('cadence.nearCalls', { count: warning.count, max: warning.max })
      case 'over':
        return t('cadence.over', { count: warning.count, max: warning.max })
      case 'overCalls':
        return t('cadence.overCalls', { count: warning.count, max: warning.max })
      case 'overAttempts':
        return t('cadence.overAttempts')
      case 'quiet':
        return warning.untilOn === null ? t('cadence.quietOpen') : t('cadence.quietUntil', { day: format.day(warning.untilOn) })
    }
  }
}
