import { TextInput } from '@mantine/core'
import { IconBolt } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { v7 as newId } from 'uuid'
import { parseQuickEntry, type QuickEntry } from '../../../shared/domain/contact/quick-entry.ts'
import { currentReplica } from '../../db/current-replica.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { coveringIdsOf, creditableOf, creditedFirst } from '../../outcome/credit-choices.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { applyQuickEntry, type FilledField, filledFields, isHouseholdUnclear } from './apply-quick-entry.ts'
import type { FormPartProps } from './form-props.ts'
import type { HouseholdOption } from './household-options.ts'
import classes from './log-contact.module.css'

interface QuickEntryBarProps extends Pick<FormPartProps, 'form' | 'change' | 'facts' | 'selfId'> {
  readonly options: readonly HouseholdOption[]
  /** The line names several households, or none where none is chosen yet; '' = none. */
  readonly onUnclear: (words: string) => void
}

/** One line that fills the fields below; Enter fills, nothing is saved. */
export function QuickEntryBar({ form, change, facts, selfId, options, onUnclear }: QuickEntryBarProps) {
  const { t } = useTranslation('contact')
  const language = useLanguage()
  const { todayOn } = useClock()
  const line = form.quickLine
  const [last, setLast] = useState<QuickEntry | null>(null)
  const optionOf = (id: string | null) => options.find((o) => o.id === id)
  const fill = () => {
    const households = options.map((o) => ({ id: o.id, names: [o.name, ...o.members] }))
    const entry = parseQuickEntry(line, { todayOn, language, currency: facts?.household.currency ?? 'EUR', households })
    const replica = currentReplica()
    const id = entry.householdId ?? form.householdId
    const household = id === null ? undefined : replica.find('households', id)
    const accounts = id === null ? [] : replica.listByHousehold('accounts', id).filter((a) => a.closedOn === null)
    const coveringIds = id === null ? [] : coveringIdsOf(replica.listByHousehold('coverages', id), todayOn)
    const creditedId = creditedFirst(
      creditableOf(coveringIds, (of) => replica.find('colleagues', of)),
      selfId,
    )
    change((f) => applyQuickEntry(f, entry, { household, accounts, selfId, creditedId, newId }))
    setLast(entry)
    if (isHouseholdUnclear(entry, optionOf(id))) onUnclear(entry.householdWords ?? '')
  }
  return (
    <div className={classes.quick}>
      <TextInput
        size="xs"
        aria-label={t('quick.label')}
        placeholder={t('quick.placeholder')}
        autoFocus
        value={line}
        leftSection={<IconBolt size={14} aria-hidden />}
        rightSection={line !== '' && <KeyHint keys="enter" />}
        data-testid="log-quick"
        onChange={(event) => {
          const quickLine = event.currentTarget.value
          change((f) => ({ ...f, quickLine }))
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || line.trim() === '') return
          event.preventDefault()
          fill()
        }}
      />
      <p className={classes.understood} role="status" data-testid="log-quick-understood">
        {last ? <Understood entry={last} isUnclear={isHouseholdUnclear(last, optionOf(form.householdId))} /> : t('quick.hint')}
      </p>
    </div>
  )
}

function Understood({ entry, isUnclear }: { readonly entry: QuickEntry; readonly isUnclear: boolean }) {
  const { t } = useTranslation('contact')
  const names: Readonly<Record<FilledField, string>> = {
    household: t('field.household'),
    channel: t('field.channel'),
    direction: t('field.direction'),
    length: t('field.length'),
    reached: t('field.reachedNo'),
    outcome: entry.outcome ? t(`outcome.kind.${entry.outcome.kind}`) : '',
    followUp: t('section.next'),
  }
  const filled = filledFields(entry).map((field) => names[field])
  const said = [
    filled.length > 0 && t('quick.filled', { fields: filled.join(' · ') }),
    isUnclear && entry.householdWords !== undefined && t('quick.several', { words: entry.householdWords }),
    entry.rest.length > 0 && t('quick.notUnderstood', { words: entry.rest.join(' ') }),
  ]
  return said.filter(Boolean).join(' – ')
}
