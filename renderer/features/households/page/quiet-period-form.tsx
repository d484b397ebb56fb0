import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Household, type QuietPeriod, quietPeriodSchema } from '../../../../shared/domain/household/household.ts'
import type { LocalDate } from '../../../../shared/lib/local-date.ts'
import type { AnyCall } from '../../../commands/any-call.ts'
import { cleanNote } from '../../../commands/clean-text.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import { useFormat } from '../../../ui/use-format.ts'
import classes from './household-page.module.css'
import { currentPeriods, liftPeriod } from './quiet-periods.ts'

const kinds = quietPeriodSchema.shape.kind.options

/** Begins a time without contact that we begin, or lifts the one that holds. */
export function QuietPeriodForm({ household, onClose }: { readonly household: Household; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const { todayOn } = useClock()
  const [kind, setKind] = useState<QuietPeriod['kind']>('bereavement')
  const [fromOn, setFromOn] = useState<LocalDate | null>(todayOn)
  const [toOn, setToOn] = useState<LocalDate | null>(null)
  const [reason, setReason] = useState('')
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)

  const save = (to: readonly QuietPeriod[], toast: string) => {
    const { id, quietPeriods: from } = household
    const edit = (a: readonly QuietPeriod[], b: readonly QuietPeriod[]): AnyCall => ({
      name: 'household/edit',
      args: { id, edits: { quietPeriods: { from: [...a], to: [...b] } } },
    })
    void submit(edit(from, to), { toast, undo: { label: t('quietForm.undo'), calls: () => [edit(to, from)] } })
  }
  const onSave = () => {
    setHasTried(true)
    if (fromOn === null || reason.trim() === '') return
    save([...household.quietPeriods, { fromOn, toOn, kind, reason: cleanNote(reason) }], t('quietForm.begun'))
  }
  return (
    <InlineForm label={t('quietForm.title')} error={error} isSaving={isSaving} saveLabel={t('quietForm.add')} testId="quiet-period-form" onSave={onSave} onCancel={onClose}>
      {currentPeriods(household.quietPeriods, todayOn).map((period) => (
        <div key={`${period.fromOn} ${period.kind}`} className={classes.item}>
          <span className={classes.grow}>
            {t(`quietKind.${period.kind}`)} · {format.day(period.fromOn)} – {period.toOn === null ? t('quietForm.toHint') : format.day(period.toOn)} · {period.reason}
          </span>
          <Button variant="default" onClick={() => save(liftPeriod(household.quietPeriods, period, todayOn), t('quietForm.lifted'))}>
            {t('quietForm.lift')}
          </Button>
        </div>
      ))}
      <div className={classes.fields}>
        <NativeSelect
          label={t('quietForm.kind')}
          value={kind}
          data={kinds.map((value) => ({ value, label: t(`quietKind.${value}`) }))}
          onChange={(event) => setKind(event.currentTarget.value as QuietPeriod['kind'])}
        />
        <DayInput label={t('quietForm.from')} value={fromOn} onChange={setFromOn} error={hasTried && fromOn === null ? t('problem.dayMissing') : undefined} />
        <DayInput lean="ahead" label={t('quietForm.to')} value={toOn} onChange={setToOn} placeholder={t('quietForm.toHint')} />
        <TextInput
          className={classes.wide ?? ''}
          label={t('quietForm.reason')}
          value={reason}
          maxLength={1000}
          error={hasTried && reason.trim() === '' ? t('problem.reasonMissing') : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
    </InlineForm>
  )
}
