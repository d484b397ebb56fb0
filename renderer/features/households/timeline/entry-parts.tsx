import { IconChecklist, IconCoins } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ContactEntry } from '../../../../shared/domain/contact/contact-entry.ts'
import { navigate } from '../../../app/navigation.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { ClaimStateTag } from '../../../ui/claim-state-tag.tsx'
import { DayText } from '../../../ui/day-text.tsx'
import { Money } from '../../../ui/money.tsx'
import classes from './timeline.module.css'

/** What came of a contact: outcomes and promises. */
export function EntryParts({ entry }: { readonly entry: ContactEntry }) {
  const { t } = useTranslation('households')
  const { t: tf } = useTranslation('followUps')
  const claims = useReplica((view) => entry.claimIds.map((id) => view.find('outcomeClaims', id)).filter((c) => c !== undefined), [entry])
  const followUps = useReplica((view) => entry.followUpIds.map((id) => view.find('followUps', id)).filter((f) => f !== undefined), [entry])
  if (claims.length + followUps.length === 0) return null
  return (
    <div className={classes.parts}>
      {claims.map((claim) => (
        <span key={claim.id} className={classes.part} data-testid="entry-claim" data-state={claim.state}>
          <IconCoins size={14} aria-hidden />
          {t(`claims.kind.${claim.kind}`)} <Money minor={claim.claimedMinor} currency={claim.currency} />
          <ClaimStateTag state={claim.state} />
        </span>
      ))}
      {followUps.map((followUp) => (
        <span key={followUp.id} className={classes.part} data-testid="entry-follow-up" data-state={followUp.state}>
          <IconChecklist size={14} aria-hidden />
          <button type="button" className={classes.more} onClick={() => navigate(`follow-ups/${followUp.id}`)}>
            {followUp.title}
          </button>
          <span className={classes.meta}>
            <DayText on={followUp.dueOn} />
            {followUp.state === 'done' && ` · ${tf('group.done')}`}
          </span>
        </span>
      ))}
    </div>
  )
}
