import { useTranslation } from 'react-i18next'
import type { Verdict } from '../../../../shared/domain/verification/decide-claim.ts'
import { InstantText } from '../../../ui/instant-text.tsx'
import { Money } from '../../../ui/money.tsx'
import { Section } from '../../../ui/section.tsx'
import classes from './case.module.css'
import { EvidenceTable } from './evidence-table.tsx'
import { Fingerprint } from './fingerprint.tsx'
import type { CaseRows } from './use-case.ts'

/** What controllers decided, newest first, each with the evidence as it was frozen. */
export function VerdictList({ rows }: { readonly rows: CaseRows }) {
  const verdicts = [...(rows.opened?.verdicts ?? [])].reverse()
  return verdicts.map((verdict) => <VerdictView key={`${verdict.atMs} ${verdict.byId} ${verdict.decision}`} verdict={verdict} rows={rows} />)
}

function VerdictView({ verdict, rows: { claim, nameOf } }: { readonly verdict: Verdict; readonly rows: CaseRows }) {
  const { t } = useTranslation('verification')
  return (
    <div data-testid="case-decision" data-decision={verdict.decision}>
      <Section title={t(`decided.title.${verdict.decision}`)}>
        <p>
          {verdict.amountMinor > 0 && (
            <strong>
              <Money minor={verdict.amountMinor} currency={claim.currency} />{' '}
            </strong>
          )}
          <span className={classes.quiet}>
            {nameOf(verdict.byId)} · <InstantText atMs={verdict.atMs} />
          </span>
        </p>
        <p className={classes.verdictReason}>{verdict.reason}</p>
        {verdict.evidence.length > 0 && <EvidenceTable evidence={verdict.evidence} />}
        {verdict.letterSha256 !== null && (
          <p data-testid="case-evidence">
            {t('decided.letter')} <Fingerprint sha256={verdict.letterSha256} name={t('decided.letter')} />
          </p>
        )}
      </Section>
    </div>
  )
}
