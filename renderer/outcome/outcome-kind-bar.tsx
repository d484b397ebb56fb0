import { useTranslation } from 'react-i18next'
import { ChoiceBar } from '../ui/choice-bar.tsx'
import { type OutcomeKind, outcomeKinds } from './outcome-form.ts'

/** Deposit, pledge or mandate. */
export function OutcomeKindBar({ kind, onChange }: { readonly kind: OutcomeKind; readonly onChange: (kind: OutcomeKind) => void }) {
  const { t } = useTranslation('contact')
  return (
    <ChoiceBar
      label={t('outcome.kindLabel')}
      isLabelHidden
      choices={outcomeKinds.map((value) => ({ value, label: t(`outcome.kind.${value}`), testId: `log-outcome-kind-${value}` }))}
      value={kind}
      onChange={onChange}
    />
  )
}
