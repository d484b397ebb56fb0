import { useTranslation } from 'react-i18next'
import { findOutcomeProblems, type OutcomeForm } from '../../../outcome/outcome-form.ts'
import { OutcomeInputs } from '../../../outcome/outcome-inputs.tsx'
import type { OutcomeChoices } from '../../../outcome/use-outcome-choices.ts'

interface OutcomeFieldsProps {
  readonly outcome: OutcomeForm
  readonly change: (part: Partial<OutcomeForm>) => void
  readonly choices: OutcomeChoices
  readonly hasTried: boolean // problems show from the first attempt to save on
}

/** The fields of an outcome inside a form of the household page. */
export function OutcomeFields({ outcome, change, choices, hasTried }: OutcomeFieldsProps) {
  const { t } = useTranslation('contact')
  const problems = hasTried ? findOutcomeProblems(outcome, choices.accounts) : []
  const problemAt = (field: string) => {
    const found = problems.find((p) => p.field === field)
    return found && t(`problem.${found.code}`)
  }
  return <OutcomeInputs outcome={outcome} onChange={change} {...choices} problemAt={problemAt} />
}
