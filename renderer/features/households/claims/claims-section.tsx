import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { isClaimOpen, type OutcomeClaim } from '../../../../shared/domain/outcome/outcome-claim.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { ClaimStateTag } from '../../../ui/claim-state-tag.tsx'
import { Money } from '../../../ui/money.tsx'
import { SaveState } from '../../../ui/save-state.tsx'
import { Section } from '../../../ui/section.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import classes from '../page/household-page.module.css'
import { EditClaim } from './edit-claim.tsx'
import { WithdrawForm } from './withdraw-form.tsx'

/** What came of the contacts, newest first, and how each was decided on what evidence. */
export function ClaimsSection({ householdId, self }: { readonly householdId: string; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const claims = useReplica((view) => view.listByHousehold('outcomeClaims', householdId).toSorted((a, b) => b.claimedAtMs - a.claimedAtMs), [householdId])
  if (claims.length === 0) return null
  return (
    <Section title={t('claims.title')} count={claims.length}>
      <ul className={classes.list}>
        {claims.map((claim) => (
          <ClaimItem key={claim.id} claim={claim} self={self} />
        ))}
      </ul>
    </Section>
  )
}

function ClaimItem({ claim, self }: { readonly claim: OutcomeClaim; readonly self: Colleague }) {
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
          {[t('claims.madeBy', { name: maker ?? '' }), format.instant(claim.claimedAtMs), claim.expectedOn && t('claims.expected', { day: format.day(claim.expectedOn) })]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {isPart && (
          <p className={classes.meta}>
            {t('claims.confirmedOf', { confirmed: format.money(claim.confirmedMinor, claim.currency), claimed: format.money(claim.claimedMinor, claim.currency) })}
          </p>
        )}
        {claim.note && <p className={classes.note}>{claim.note}</p>}
        {claim.question && <p>{t('claims.question', { question: claim.question })}</p>}
        {claim.makerId === self.id && isClaimOpen(claim.state) && <MakerActions claim={claim} />}
        {claim.decision && <Decision claim={claim} decision={claim.decision} />}
      </div>
      <span className={classes.end}>
        <ClaimStateTag state={claim.state} />
        <SaveState state={unsettled} />
      </span>
    </li>
  )
}

/** What the maker of an undecided claim may do with it. */
function MakerActions({ claim }: { readonly claim: OutcomeClaim }) {
  const { t } = useTranslation('households')
  const [editor, setEditor] = useState<'edit' | 'withdraw' | null>(null)
  const close = () => setEditor(null)
  if (editor === 'edit') return <EditClaim claim={claim} onClose={close} />
  if (editor === 'withdraw') return <WithdrawForm claim={claim} onClose={close} />
  return (
    <p className={classes.buttons}>
      {claim.state === 'returned' ? (
        <Button size="compact-xs" data-testid="claim-answer-open" onClick={() => setEditor('edit')}>
          {t('claims.answer')}
        </Button>
      ) : (
        <button type="button" className={classes.quietButton} data-testid="claim-edit" onClick={() => setEditor('edit')}>
          {t('claims.edit')}
        </button>
      )}
      <button type="button" className={classes.quietButton} data-testid="claim-withdraw" onClick={() => setEditor('withdraw')}>
        {t('claims.withdraw')}
      </button>
    </p>
  )
}

/** Who decided, when, why, and the bank lines or letter it rests on. */
function Decision({ claim, decision }: { readonly claim: OutcomeClaim; readonly decision: NonNullable<OutcomeClaim['decision']> }) {
  const { t } = useTranslation(['households', 'verification'])
  const format = useFormat()
  const decider = useReplica((view) => view.find('colleagues', decision.byId)?.name, [decision.byId])
  return (
    <div className={classes.meta} data-testid="household-claim-decision">
      <p>
        {t(`verification:state.${decision.decision}`)}: {t('claims.decidedBy', { name: decider ?? '', when: format.instant(decision.atMs) })}
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
