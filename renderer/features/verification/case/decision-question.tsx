import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/use-format.ts'
import classes from './decision.module.css'
import type { Decision } from './decision-draft.ts'
import type { CaseRows } from './use-case.ts'

interface DecisionQuestionProps {
  readonly decision: Decision
  readonly rows: CaseRows
  readonly amountMinor: number
  readonly isApproval: boolean // the reader would be the first of two controllers
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Asks in place of the buttons, since a decision cannot be undone. Esc takes it back. */
export function DecisionQuestion({ decision, rows: { claim, householdName, nameOf }, amountMinor, isApproval, onYes, onNo }: DecisionQuestionProps) {
  const { t } = useTranslation(['verification', 'common'])
  const format = useFormat()
  const kind = isApproval && (decision === 'confirm' || decision === 'partly') ? 'approve' : decision
  const question = t(`decision.ask.${kind}`, {
    amount: format.money(amountMinor, claim.currency),
    claimed: format.money(claim.claimedMinor, claim.currency),
    household: householdName,
    maker: nameOf(claim.makerId),
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: a question inside the bar, not a form
    <div
      className={classes.question}
      role="group"
      aria-label={question}
      data-testid="case-question"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onNo()
      }}
    >
      <p>{question}</p>
      <Button {...(decision === 'reject' ? { color: 'red' } : {})} autoFocus data-testid="case-decide" onClick={onYes}>
        {t(`decision.sure.${kind}`)}
      </Button>
      <Button variant="default" onClick={onNo}>
        {t('common:action.cancel')}
      </Button>
    </div>
  )
}
