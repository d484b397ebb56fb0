import { NativeSelect, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { type Coverage, coverageRoleSchema } from '../../../../shared/domain/coverage/coverage.ts'
import type { Household } from '../../../../shared/domain/household/household.ts'
import { addDays, type LocalDate } from '../../../../shared/lib/local-date.ts'
import { useCommandForm } from '../../../commands/use-command-form.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { DayInput } from '../../../ui/day-input.tsx'
import { InlineForm } from '../../../ui/inline-form.tsx'
import { useClock } from '../../../ui/use-clock.ts'
import classes from '../page/household-page.module.css'

const COVERING_ROLES: readonly string[] = ['advisor', 'specialist', 'banker', 'supervisor', 'service']

/** Gives someone a coverage; undone by ending it before its first day, so that it never took effect. */
export function GrantCoverageForm({ household, onClose }: { readonly household: Household; readonly onClose: () => void }) {
  const { t } = useTranslation('households')
  const { todayOn } = useClock()
  const colleagues = useReplica(
    (view) =>
      view
        .list('colleagues')
        .filter((c) => c.isActive && COVERING_ROLES.includes(c.role))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    [],
  )
  const [colleagueId, setColleagueId] = useState<string | null>(null)
  const [role, setRole] = useState<Coverage['role']>('specialist')
  const [fromOn, setFromOn] = useState<LocalDate | null>(todayOn)
  const [toOn, setToOn] = useState<LocalDate | null>(null)
  const [hasTried, setHasTried] = useState(false)
  const { isSaving, error, submit } = useCommandForm(onClose)
  const onSave = () => {
    setHasTried(true)
    if (colleagueId === null || fromOn === null) return
    const id = newId()
    const undo = { label: t('coverage.undoGrant'), calls: () => [{ name: 'coverage/end', args: { id, toOn: addDays(fromOn, -1) } }] as const }
    void submit({ name: 'coverage/grant', args: { id, householdId: household.id, colleagueId, role, fromOn, toOn } }, { toast: t('coverage.granted'), undo })
  }
  return (
    <InlineForm label={t('coverage.grant')} error={error} isSaving={isSaving} saveLabel={t('coverage.grant')} testId="coverage-form" onSave={onSave} onCancel={onClose}>
      <div className={classes.fields}>
        <Select
          label={t('coverage.colleague')}
          searchable
          data={colleagues.map((c) => ({ value: c.id, label: c.name }))}
          value={colleagueId}
          error={hasTried && colleagueId === null ? t('coverage.chooseColleague') : undefined}
          data-testid="coverage-colleague"
          onChange={setColleagueId}
        />
        <NativeSelect
          label={t('coverage.role')}
          value={role}
          data={coverageRoleSchema.options.map((value) => ({ value, label: t(`coverage.roles.${value}`) }))}
          data-testid="coverage-role"
          onChange={(event) => setRole(event.currentTarget.value as Coverage['role'])}
        />
        <DayInput label={t('coverage.from')} value={fromOn} onChange={setFromOn} error={hasTried && fromOn === null ? t('problem.dayMissing') : undefined} />
        <DayInput label={t('coverage.toOptional')} value={toOn} onChange={setToOn} />
      </div>
    </InlineForm>
  )
}
