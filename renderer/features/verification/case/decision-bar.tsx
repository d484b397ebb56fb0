import { Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import type { AppError } from '../../../../shared/errors/error-codes.ts'
import { useRunCommand } from '../../../commands/use-run-command.ts'
import { ErrorText } from '../../../ui/error-text.tsx'
import { useScreenKeys } from '../../../ui/screen-keys.ts'
import type { BankLine } from './bank-lines.ts'
import type { CaseDraft } from './case-draft.ts'
import classes from './decision.module.css'
import { DecisionActions } from './decision-actions.tsx'
import { type Decision, type DecisionGap, decisionKeys, decisions, findGap, toCommand } from './decision-draft.ts'
import { DecisionQuestion } from './decision-question.tsx'
import { turnOf } from './decision-right.ts'
import { allocateChoice, checkSum, findExactProposal } from './evidence-choice.ts'
import { useSuggestedReason } from './suggest-reason.ts'
import { SumLine } from './sum-line.tsx'
import { TurnNote } from './turn-note.tsx'
import type { CaseRows } from './use-case.ts'
import { useDecisionKeys } from './use-decision-keys.ts'

interface DecisionBarProps {
  readonly rows: CaseRows
  readonly reader: Colleague
  readonly chosen: readonly BankLine[]
  readonly chosenIds: ReadonlySet<string>
  readonly draft: CaseDraft
  readonly onDraft: (part: Partial<CaseDraft>) => void
  readonly onDecided: () => void
}

/** Asked about what was chosen and written then: another choice takes the question back. */
interface Question {
  readonly decision: Decision
  readonly basis: string
}

/** Evidence against claim, the reason, the four decisions, and the question before each: none can be undone. */
export function DecisionBar({ rows, reader, chosen, chosenIds, draft, onDraft, onDecided }: DecisionBarProps) {
  const { t } = useTranslation('verification')
  const { claim, opened } = rows
  const run = useRunCommand()
  const reasonRef = useRef<HTMLTextAreaElement>(null)
  const [question, setQuestion] = useState<Question | null>(null)
  const [gap, setGap] = useState<DecisionGap | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const sum = checkSum(chosen, claim)
  const suggested = useSuggestedReason(findExactProposal(opened?.proposals ?? [], chosenIds, sum), chosen)
  const reason = draft.reason ?? suggested
  const amountMinor = claim.kind === 'mandate' ? claim.claimedMinor : sum.sumMinor
  const turn = turnOf(claim, opened, amountMinor, reader.id)
  const basis = JSON.stringify([[...chosenIds].sort(), reason, draft.letter?.sha256])
  const asked = question?.basis === basis ? question.decision : null

  const ask = (decision: Decision) => {
    const found = findGap(decision, { claim, fit: sum.fit, hasLetter: draft.letter !== null, turn, reason })
    setGap(found)
    setError(null)
    setQuestion(found === null ? { decision, basis } : null)
    if (found === 'reason' || found === 'question') reasonRef.current?.focus()
  }
  const decide = async (decision: Decision) => {
    setQuestion(null)
    const result = await run(toCommand(decision, claim.id, reason, allocateChoice(chosen, claim.claimedMinor), draft.letter?.sha256 ?? null))
    if (result.ok) onDecided()
    else setError(result.error)
  }
  useDecisionKeys(asked === null ? ask : null)
  useScreenKeys(decisions.map((decision) => ({ keys: decisionKeys[decision].toUpperCase(), label: t(`decision.action.${decision}`) })))
  return (
    <section className={classes.bar} data-screen-only aria-label={t('decision.title')}>
      {claim.kind !== 'mandate' && <SumLine sum={sum} claim={claim} />}
      <TurnNote turn={turn} rows={rows} />
      <Textarea
        ref={reasonRef}
        label={t('decision.reason')}
        description={t('decision.reasonHint')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1_000}
        value={reason}
        error={gap === 'reason' || gap === 'question' ? t(`decision.gap.${gap}`) : undefined}
        data-testid="case-reason"
        onChange={(event) => {
          onDraft({ reason: event.currentTarget.value })
          setGap(null)
        }}
      />
      {gap !== null && gap !== 'reason' && gap !== 'question' && (
        <p className={classes.gap} role="alert" data-testid="case-gap" data-gap={gap}>
          {t(`decision.gap.${gap}`)}
        </p>
      )}
      {error && <ErrorText error={error} testId="case-error" />}
      {asked === null ? (
        <DecisionActions onAsk={ask} />
      ) : (
        <DecisionQuestion decision={asked} rows={rows} amountMinor={amountMinor} isApproval={turn === 'first'} onYes={() => void decide(asked)} onNo={() => setQuestion(null)} />
      )}
    </section>
  )
}
