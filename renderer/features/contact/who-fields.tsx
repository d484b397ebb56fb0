import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAppSelector } from '../../app/store.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { ToggleChips } from '../../ui/toggle-chips.tsx'
import { CadenceNotice } from './cadence-notice.tsx'
import type { CadenceWarning } from './cadence-warning.ts'
import { ContactSection } from './contact-section.tsx'
import type { FormPartProps } from './form-props.ts'
import type { HouseholdOption } from './household-options.ts'
import { type AskedHousehold, HouseholdPicker } from './household-picker.tsx'

interface WhoFieldsProps extends FormPartProps {
  readonly filter: (query: string) => readonly HouseholdOption[]
  readonly warning: CadenceWarning | null
  readonly onHousehold: (id: string) => void
  readonly asked: AskedHousehold | null
}

const toggled = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids.filter((i) => i !== id) : [...ids, id])

/** Household, attendees of both sides, and what the household's cadence says to one more contact. */
export function WhoFields({ form, change, facts, colleagues, selfId, problemAt, filter, warning, onHousehold, asked }: WhoFieldsProps) {
  const { t } = useTranslation('contact')
  const self = useAppSelector((state) => state.session.colleague)
  const nameOf = (id: string) => colleagues.byId.get(id)?.name ?? (id === self?.id ? self.name : id) // nothing has been fetched yet
  const coveringFirst = [...new Set([selfId, ...(facts?.coveringIds ?? []), ...form.colleagueIds])]
  return (
    <ContactSection title={t('section.who')}>
      <HouseholdPicker value={form.householdId} valueName={facts?.household.name ?? ''} filter={filter} error={problemAt('household')} asked={asked} onChange={onHousehold} />
      {facts && <CadenceNotice form={form} change={change} facts={facts} warning={warning} selfId={selfId} problemAt={problemAt} />}
      {facts && (
        <Labelled label={t('field.persons')}>
          <ToggleChips
            label={t('field.persons')}
            chips={facts.persons.map((p) => ({ value: p.id, label: p.name, testId: 'log-person' }))}
            values={form.personIds}
            onToggle={(id) => change((f) => ({ ...f, personIds: toggled(f.personIds, id) }))}
          />
          {facts.persons.length === 0 && <p>{t('field.noPersons')}</p>}
        </Labelled>
      )}
      <Labelled label={t('field.colleagues')} error={problemAt('colleagues')}>
        <ToggleChips
          label={t('field.colleagues')}
          chips={coveringFirst.map((id) => ({ value: id, label: nameOf(id), testId: 'log-colleague' }))}
          values={form.colleagueIds}
          onToggle={(id) => change((f) => ({ ...f, colleagueIds: toggled(f.colleagueIds, id) }))}
        >
          <Select
            size="xs"
            w={190}
            searchable
            aria-label={t('field.addColleague')}
            placeholder={t('field.addColleague')}
            data={colleagues.active.filter((c) => !coveringFirst.includes(c.id)).map((c) => ({ value: c.id, label: c.name }))}
            value={null}
            limit={50}
            onChange={(id) => id && change((f) => ({ ...f, colleagueIds: [...f.colleagueIds, id] }))}
          />
        </ToggleChips>
      </Labelled>
    </ContactSection>
  )
}
