import { useTranslation } from 'react-i18next'
import type { CaseProposal } from '../../../../shared/domain/verification/verification-case.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { isProposalChosen } from './evidence-choice.ts'
import classes from './proposal.module.css'
import { ProposalCard } from './proposal-card.tsx'
import type { CaseRows } from './use-case.ts'

interface ProposalListProps {
  readonly rows: CaseRows
  readonly proposals: readonly CaseProposal[]
  readonly chosenIds: ReadonlySet<string>
  readonly onChoose: ((ids: ReadonlySet<string>) => void) | null // null = the reader only reads
}

/** What matching suggests, best first. Choosing one chooses its lines; choosing it again lets them go. */
export function ProposalList({ rows, proposals, chosenIds, onChoose }: ProposalListProps) {
  const { t } = useTranslation('verification')
  return (
    <Section title={t('proposal.title')} count={proposals.length}>
      {proposals.length === 0 && <EmptyState isCompact title={t('proposal.none')} />}
      <div className={classes.proposals}>
        {proposals.map((proposal) => {
          const isChosen = isProposalChosen(proposal, chosenIds)
          const toggle = onChoose && (() => onChoose(new Set(isChosen ? [] : proposal.activityIds)))
          return <ProposalCard key={proposal.activityIds.join(' ')} rows={rows} proposal={proposal} isChosen={isChosen} onToggle={toggle} />
        })}
      </div>
    </Section>
  )
}
