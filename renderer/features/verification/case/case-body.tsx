import { type Ref, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { standingApproval } from '../../../../shared/domain/verification/decide-claim.ts'
import { BankLineTable } from './bank-line-table.tsx'
import classes from './case.module.css'
import { useCaseDraft } from './case-draft.ts'
import { CaseHead } from './case-head.tsx'
import { ClaimFacts } from './claim-facts.tsx'
import { ClaimHistory } from './claim-history.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { findObstacle } from './decision-right.ts'
import { initialChoice } from './evidence-choice.ts'
import { LetterPicker } from './letter-picker.tsx'
import { ObstacleNote } from './obstacle-note.tsx'
import { ProposalList } from './proposal-list.tsx'
import { RefusedDecisions } from './refused-decisions.tsx'
import type { CaseRows } from './use-case.ts'
import { VerdictList } from './verdict-list.tsx'

interface CaseBodyProps {
  readonly rows: CaseRows
  readonly reader: Colleague
  readonly ref: Ref<HTMLElement>
}

/** One case from claim to decision. Who may not decide reads the same, with the reason why. */
export function CaseBody({ rows, reader, ref }: CaseBodyProps) {
  const { t } = useTranslation('verification')
  const { claim, opened, lines } = rows
  const [draft, change, clear] = useCaseDraft(claim.id)
  const obstacle = findObstacle(claim, reader, rows.findColleague)
  const proposals = opened?.proposals ?? []
  const first = opened && standingApproval(claim, opened)
  const chosenIds = useMemo(() => {
    const ids = draft.chosenIds ?? initialChoice(proposals, first?.evidence)
    return new Set(lines.filter((line) => line.obstacle === null && ids.has(line.activity.id)).map((line) => line.activity.id))
  }, [draft.chosenIds, proposals, first, lines])
  const chosen = lines.filter((line) => chosenIds.has(line.activity.id))
  const isOpen = obstacle !== 'decided' && obstacle !== 'withdrawn'
  const choose = obstacle === null ? (ids: ReadonlySet<string>) => change({ chosenIds: ids }) : null
  return (
    <article className={classes.case} aria-label={t('case.label')} data-testid="case-pane" data-claim-id={claim.id} tabIndex={-1} ref={ref}>
      <div className={classes.content}>
        <CaseHead rows={rows} />
        <RefusedDecisions claimId={claim.id} />
        <VerdictList rows={rows} />
        <ClaimFacts rows={rows} />
        {isOpen && claim.kind === 'mandate' && <LetterPicker letter={draft.letter} onLetter={obstacle === null ? (letter) => change({ letter }) : null} />}
        {isOpen && claim.kind !== 'mandate' && (
          <>
            <ProposalList rows={rows} proposals={proposals} chosenIds={chosenIds} onChoose={choose} />
            <BankLineTable claim={claim} lines={lines} chosenIds={chosenIds} onChoose={choose} />
          </>
        )}
        <ClaimHistory rows={rows} />
      </div>
      {obstacle === null ? (
        <DecisionBar rows={rows} reader={reader} chosen={chosen} chosenIds={chosenIds} draft={draft} onDraft={change} onDecided={clear} />
      ) : (
        <ObstacleNote obstacle={obstacle} />
      )}
    </article>
  )
}
