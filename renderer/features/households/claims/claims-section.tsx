import { useTranslation } from 'react-i18next'
import type { OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Money } from '../../../ui/money.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import classes from '../page/household-page.module.css'
import { ClaimTag } from './claim-tag.tsx'

/** What came of the contacts, newest first, and how each was decided on what evidence. */
export function ClaimsSection({ householdId }: { readonly householdId: string }) {
  const { t } = useTranslation('households')
  const claims = useReplica((view) => view.listByHousehold('outcomeClaims', householdId).toSorted((a, b) => b.claimedAtMs - a.claimedAtMs), [householdId])
  return (
    <Section title={t('claims.title')} {...(claims.length > 0 ? { count: claims.length } : {})}>
      {claims.length === 0 && <EmptyState isCompact title={t('claims.empty')} />}
      <ul className={classes.list}>
        {claims.map((claim) => (
          <ClaimItem key={claim.id} claim={claim} />
        ))}
      </ul>
    </Section>
  )
}

function ClaimItem({ claim }: { readonly claim: OutcomeClaim }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const unsettled = useReplica((view) => view.unsettledOf('outcomeClaims', claim.id), [claim.id])
  const maker = useReplica((view) => view.find('colleagues', claim.makerId)?.name, [claim.makerId])
  const isPart = claim.state === 'partlyConfirmed'
  return (
    <li className={classes.item} data-testid="household-claim" data-state={claim.state} data-id={claim.id}>
      <div className={classes.grow}>
        <p>
          <span className={classes.strong}>{t(`claims.kind.${claim.kind}`)}</span> <Money minor={claim.claimedMinor} currency={claim.currency} />
        </p>
        <p className={classes.meta}>
          {[t('claims.madeBy', { name: maker ?? '' }), format.instant(claim.claimedAtMs), claim.expectedOn && t('claims.expected', { day: format.day(claim.expectedOn) })].filter(Boolean).join(' · ')}
        </p>
        {isPart && (
          <p className={classes.meta}>
            {t('claims.confirmedOf', { confirmed: format.money(claim.confirmedMinor, claim.currency), claimed: format.money(claim.claimedMinor, claim.currency) })}
          </p>
        )}
        {claim.question && <p>{t('claims.question', { question: claim.question })}</p>}
        {claim.decision && <Decision claim={claim} decision={claim.decision} />}
      </div>
      <span className={classes.end}>
        <ClaimTag state={claim.state} />
        <SaveState state={unsettled} />
      </span>
    </li>
  )
}

/** Who decided, when, why, and the bank lines or letter it rests on. */
function Decision({ claim, decision }: { readonly claim: OutcomeClaim; readonly decision: NonNullable<OutcomeClaim['decision']> }) {
  const { t } = useTranslation('households')
  const format = useFormat()
  const decider = useReplica((view) => view.find('colleagues', decision.byId)?.name, [decision.byId])
  return (
    <div className={classes.meta} data-testid="household-claim-decision">
      <p>
        {t(`claims.state.${decision.decision}`)}: {t('claims.decidedBy', { name: decider ?? '', when: format.instant(decision.atMs) })}
        {decision.reason && ` – ${decision.reason}`}
      </p>
      {decision.evidence.map((line) => (
        <p key={line.activityId}>
          {t('claims.evidence', { file: line.fileName, line: line.lineNo, day: format.day(line.bookedOn) })} · <Money minor={line.amountMinor} currency={claim.currency} />
        </p>
      ))}
      {decision.letterSha256 && <p>{t('claims.letter')}</p>}
    </div>
  )
}
