import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import type { Coverage } from '../../../../shared/domain/coverage/coverage.ts'
import { addDays, type LocalDate } from '../../../../shared/lib/local-date.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { useClock } from '../../../ui/use-clock.ts'

interface EndCoverageFormProps {
  readonly coverage: Coverage
  readonly name: string
  readonly onClose: () => void
}

/** Ends a coverage with a last day; undone by granting it again from the day after. */
export function EndCoverageForm({ coverage, name, onClose }: EndCoverageFormProps) {
  const { t } = useTranslation('households')
  const { todayOn } = useClock()
  const [toOn, setToOn] = useState<LocalDate | null>(addDays(todayOn, -1) < coverage.fromOn ? todayOn : addDays(todayOn, -1))
  const { isSaving, error, submit } = useCommandForm(onClose)
  const onSave = () => {
    if (toOn === null) return
    const { id, householdId, colleagueId, role } = coverage
    const again = { id: newId(), householdId, colleagueId, role, fromOn: addDays(toOn, 1), toOn: coverage.toOn }
    const undo = { label: t('coverage.undoEnd'), calls: () => [{ name: 'coverage/grant', args: again }] as const }
    void submit({ name: 'coverage/end', args: { id, toOn } }, { toast: t('coverage.ended'), undo })
  }
  return (
    <InlineForm
      label={t('coverage.endLabel', { name })}
      error={error}
      isSaving={isSaving}
      saveLabel={t('coverage.end')}
      testId="coverage-end-form"
      onSave={onSave}
      onCancel={onClose}
    >
      <DayInput label={t('coverage.lastDay')} value={toOn} onChange={setToOn} error={toOn === null ? t('problem.dayMissing') : undefined} testId="coverage-end-day" />
    </InlineForm>
  )
}
