import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type ContactEntry, channelSchema, directionSchema, purposeSchema } from '../../../../shared/domain/contact/contact-entry.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { ToggleChips } from '../../../ui/toggle-chips.tsx'
import classes from '../page/household-page.module.css'
import type { AmendDraft } from './amend-draft.ts'

interface AmendFieldsProps {
  readonly entry: ContactEntry
  readonly draft: AmendDraft
  readonly change: (part: Partial<AmendDraft>) => void
  readonly unclear: 'when' | 'subject' | null // the field that cannot be sent as it is
}

/** The fields of an entry that its author may amend. */
export function AmendFields({ entry, draft, change, unclear }: AmendFieldsProps) {
  const { t } = useTranslation('contact')
  const persons = useReplica((view) => view.listByHousehold('persons', entry.householdId), [entry.householdId])
  const toggled = (id: string) => (draft.personIds.includes(id) ? draft.personIds.filter((p) => p !== id) : [...draft.personIds, id])
  return (
    <>
      <TextInput
        label={t('field.subject')}
        value={draft.subject}
        maxLength={200}
        error={unclear === 'subject' ? t('problem.subjectMissing') : undefined}
        data-testid="amend-subject"
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <Textarea
        label={t('field.note')}
        value={draft.note}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={19_000}
        data-testid="amend-note"
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <div className={classes.fields}>
        <NativeSelect
          label={t('field.channel')}
          value={draft.channel}
          data={channelSchema.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
          onChange={(event) => change({ channel: event.currentTarget.value as AmendDraft['channel'] })}
        />
        <NativeSelect
          label={t('field.direction')}
          value={draft.direction}
          data={directionSchema.options.map((value) => ({ value, label: t(`direction.${value}`) }))}
          onChange={(event) => change({ direction: event.currentTarget.value as AmendDraft['direction'] })}
        />
        <NativeSelect
          label={t('field.purpose')}
          value={draft.purpose}
          data={purposeSchema.options.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          onChange={(event) => change({ purpose: event.currentTarget.value as AmendDraft['purpose'] })}
        />
        <TextInput
          label={t('field.when')}
          value={draft.whenText}
          error={unclear === 'when' ? t('problem.whenUnclear') : undefined}
          onChange={(event) => change({ whenText: event.currentTarget.value })}
        />
        <NumberInput
          label={t('field.length')}
          value={draft.lengthMinutes}
          min={0}
          max={1440}
          allowDecimal={false}
          onChange={(value) => typeof value === 'number' && change({ lengthMinutes: value })}
        />
      </div>
      <div className={classes.switches}>
        <Switch label={t('field.reachedYes')} checked={draft.isReached} onChange={(event) => change({ isReached: event.currentTarget.checked })} />
        <Switch label={t('field.confidential')} checked={draft.isConfidential} onChange={(event) => change({ isConfidential: event.currentTarget.checked })} />
      </div>
      <p className={classes.label}>{t('field.persons')}</p>
      <ToggleChips
        label={t('field.persons')}
        chips={persons.map((p) => ({ value: p.id, label: p.name }))}
        values={draft.personIds}
        onToggle={(id) => change({ personIds: toggled(id) })}
      />
    </>
  )
}
