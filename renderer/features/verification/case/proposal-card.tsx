import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CaseProposal } from '../../../../shared/domain/verification/verification-case.ts'
import { DayText } from '../../../ui/day-text.tsx'
import { Money } from '../../../ui/money.tsx'
import { Tag } from '../../../ui/tag.tsx'
import shared from './case.module.css'
import { FindingTable } from './finding-table.tsx'
import classes from './proposal.module.css'
import type { CaseRows } from './use-case.ts'

interface ProposalCardProps {
  readonly rows: CaseRows
  readonly proposal: CaseProposal
  readonly isChosen: boolean
  readonly onToggle: (() => void) | null
}

/** One suggestion that explains itself: the rule it met, what agreed, what differed, and the named exceptions. */
export function ProposalCard({ rows: { claim, lines }, proposal, isChosen, onToggle }: ProposalCardProps) {
  const { t } = useTranslation('verification')
  const used = lines.filter((line) => proposal.activityIds.includes(line.activity.id))
  return (
    <section className={classes.proposal} data-testid="case-proposal" data-chosen={isChosen || undefined} aria-label={t(`proposal.kind.${proposal.kind}`)}>
      <div className={classes.proposalHead}>
        <strong>{t(`proposal.kind.${proposal.kind}`)}</strong>
        <span className={classes.proposalAmount}>
          <Money minor={proposal.amountMinor} currency={claim.currency} />
        </span>
      </div>
      <ul className={classes.proposalLines}>
        {used.map(({ activity }) => (
          <li key={activity.id}>
            {activity.bookedOn !== null && <DayText on={activity.bookedOn} />} · {activity.counterpartyName ?? '–'} ·{' '}
            <Money minor={activity.amountMinor} currency={activity.currency} />
            {activity.remittance !== '' && <span className={shared.quiet}> · {activity.remittance}</span>}
          </li>
        ))}
      </ul>
      {proposal.exceptions.length > 0 && (
        <div className={classes.exceptions}>
          {proposal.exceptions.map((exception) => (
            <Tag key={exception} tone="amber">
              {t(`proposal.exception.${exception}`)}
            </Tag>
          ))}
        </div>
      )}
      <div className={classes.findingPair}>
        <Findings rows={proposal.agreed} currency={claim.currency} testId="case-agreed" caption={t('proposal.agreed')} none={t('proposal.nothingAgreed')} />
        <Findings rows={proposal.differed} currency={claim.currency} testId="case-differed" caption={t('proposal.differed')} none={t('proposal.nothingDiffered')} />
      </div>
      {onToggle && (
        <Button
          variant={isChosen ? 'light' : 'default'}
          leftSection={isChosen && <IconCheck size={14} />}
          aria-pressed={isChosen}
          data-testid="case-proposal-choose"
          onClick={onToggle}
        >
          {t(isChosen ? 'proposal.chosen' : 'proposal.choose')}
        </Button>
      )}
    </section>
  )
}

interface FindingsProps {
  readonly rows: CaseProposal['agreed']
  readonly currency: string
  readonly testId: string
  readonly caption: string
  readonly none: string
}

function Findings({ rows, currency, testId, caption, none }: FindingsProps) {
  if (rows.length > 0) return <FindingTable findings={rows} currency={currency} caption={caption} testId={testId} />
  return (
    <p className={shared.quiet} data-testid={testId}>
      {none}
    </p>
  )
}
