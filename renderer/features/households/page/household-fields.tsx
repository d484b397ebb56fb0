import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { householdSchema } from '../../../../shared/domain/household/household.ts'
import { AmountInput } from '../../../ui/amount-input.tsx'
import type { DraftProblem, HouseholdDraft } from './household-draft.ts'
import classes from './household-page.module.css'

interface HouseholdFieldsProps {
  readonly draft: HouseholdDraft
  readonly change: (part: Partial<HouseholdDraft>) => void
  readonly problems: readonly DraftProblem[]
}

const { kind, relationship, tier, language } = householdSchema.shape

/** The fields of a household, for a new one and for a change. */
export function HouseholdFields({ draft, change, problems }: HouseholdFieldsProps) {
  const { t } = useTranslation('households')
  const problemAt = (field: DraftProblem['field']) => {
    const found = problems.find((p) => p.field === field)
    return found && t(`problem.${found.code}`)
  }
  return (
    <div className={classes.fields}>
      <TextInput
        className={classes.wide ?? ''}
        label={t('field.name')}
        value={draft.name}
        maxLength={200}
        error={problemAt('name')}
        data-autofocus
        data-testid="household-field-name"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('field.kind')}
        value={draft.kind}
        data={kind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(event) => change({ kind: event.currentTarget.value as HouseholdDraft['kind'] })}
      />
      <NativeSelect
        label={t('field.relationship')}
        value={draft.relationship}
        data={relationship.options.map((value) => ({ value, label: t(`relationship.${value}`) }))}
        onChange={(event) => change({ relationship: event.currentTarget.value as HouseholdDraft['relationship'] })}
      />
      <NativeSelect
        label={t('field.tier')}
        value={draft.tier}
        data={tier.options.map((value) => ({ value, label: t(`tier.${value}`) }))}
        data-testid="household-field-tier"
        onChange={(event) => change({ tier: event.currentTarget.value as HouseholdDraft['tier'] })}
      />
      <TextInput label={t('field.city')} value={draft.city} maxLength={120} onChange={(event) => change({ city: event.currentTarget.value })} />
      <TextInput
        label={t('field.country')}
        value={draft.country}
        maxLength={2}
        error={problemAt('country')}
        onChange={(event) => change({ country: event.currentTarget.value.toUpperCase() })}
      />
      <NativeSelect
        label={t('field.language')}
        value={draft.language}
        data={language.options.map((value) => ({ value, label: t(`languageName.${value}`) }))}
        onChange={(event) => change({ language: event.currentTarget.value as HouseholdDraft['language'] })}
      />
      <AmountInput
        label={t('field.assets')}
        valueMinor={draft.assetsMinor === 0 ? null : draft.assetsMinor}
        currency={draft.currency}
        onChange={(assetsMinor) => change({ assetsMinor: assetsMinor ?? 0 })}
        onCurrencyChange={(currency) => change({ currency })}
      />
      <TextInput
        label={t('field.currency')}
        value={draft.currency}
        maxLength={3}
        error={problemAt('currency')}
        onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
      />
    </div>
  )
}
