import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isClaimOpen, type OutcomeClaim, partiesOf } from '../../../shared/domain/outcome/outcome-claim.ts'
import { localDateOf } from '../../../shared/lib/local-date.ts'
import { navigate } from '../../app/navigation.ts'
import { useReplica } from '../../db/use-replica.ts'
import { ClaimStateTag } from '../../ui/claim-state-tag.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { SaveState } from '../../ui/save-state.tsx'
import { Section } from '../../ui/section.tsx'
import { useClock } from '../../ui/use-clock.ts'
import { useFormat } from '../../ui/use-format.ts'
import classes from './today.module.css'

const DECIDED_SHOWN_MS = 90 * 86_400_000

const lastMovedAtMs = (claim: OutcomeClaim): number => claim.history.at(-1)?.atMs ?? claim.claimedAtMs

function useOwnClaims(selfId: string): readonly OutcomeClaim[] {
  const { todayOn } = useClock()
  return useReplica(
    (view) => {
      const shownSinceMs = Date.parse(todayOn) - DECIDED_SHOWN_MS
      const isShown = (c: OutcomeClaim) => partiesOf(c).includes(selfId) && (isClaimOpen(c.state) || (c.state !== 'withdrawn' && lastMovedAtMs(c) >= shownSinceMs))
      return view
        .list('outcomeClaims')
        .filter(isShown)
        .sort((a, b) => Number(b.state === 'returned') - Number(a.state === 'returned') || lastMovedAtMs(b) - lastMovedAtMs(a))
    },
    [selfId, todayOn],
  )
}

/** Who decided, when and on what evidence; or what the claim waits for. */
function Standing({ claim }: { readonly claim: OutcomeClaim }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { zone } = useClock()
  const { decision } = claim
  const deciderName = useReplica((view) => view.find('colleagues', decision?.byId ?? '')?.name ?? '', [decision?.byId])
  const texts: string[] = []
  if (claim.question !== null) texts.push(t('claims.question', { text: claim.question }))
  else if (decision) {
    const day = format.day(localDateOf(decision.atMs, zone))
    if (decision.decision === 'rejected') texts.push(t('claims.rejectedBy', { name: deciderName, day }), decision.reason)
    else texts.push(t('claims.confirmedBy', { amount: format.money(claim.confirmedMinor, claim.currency), name: deciderName, day }))
    const [first] = decision.evidence
    if (decision.evidence.length > 1) texts.push(t('claims.evidenceMany', { count: decision.evidence.length }))
    else if (first) texts.push(t('claims.evidence', { file: first.fileName, line: first.lineNo }))
    else if (decision.letterSha256 !== null) texts.push(t('claims.evidenceLetter'))
  } else {
    texts.push(t('claims.waiting', { day: format.day(localDateOf(claim.claimedAtMs, zone)) }))
    if (claim.expectedOn !== null) texts.push(t('claims.expected', { day: format.day(claim.expectedOn) }))
  }
  return <p className={classes.meta}>{texts.join(' · ')}</p>
}

function ClaimRow({ claim }: { readonly claim: OutcomeClaim }) {
  const { t } = useTranslation('verification')
  const householdName = useReplica((view) => view.find('households', claim.householdId)?.name ?? '', [claim.householdId])
  const unsettled = useReplica((view) => view.unsettledOf('outcomeClaims', claim.id), [claim.id])
  return (
    <li>
      <UnstyledButton className={classes.claim ?? ''} data-testid="today-claim" onClick={() => navigate(`households/${claim.householdId}`)}>
        <span className={classes.claimHead}>
          <span className={classes.name}>{householdName}</span>
          <SaveState state={unsettled} />
          <ClaimStateTag state={claim.state} />
        </span>
        <span className={classes.claimHead}>
          <span className={classes.kind}>{t(`kind.${claim.kind}`)}</span>
          <Money minor={claim.claimedMinor} currency={claim.currency} />
        </span>
        <Standing claim={claim} />
      </UnstyledButton>
    </li>
  )
}

/** The person's claims and where they stand. */
export function ClaimPanel({ selfId }: { readonly selfId: string }) {
  const { t } = useTranslation('today')
  const claims = useOwnClaims(selfId)
  return (
    <Section title={t('claims.title')} count={claims.length} testId="today-claims">
      {claims.length === 0 ? (
        <EmptyState isCompact title={t('claims.empty')} />
      ) : (
        <ul className={classes.list}>
          {claims.map((claim) => (
            <ClaimRow key={claim.id} claim={claim} />
          ))}
        </ul>
      )}
    </Section>
  )
}
