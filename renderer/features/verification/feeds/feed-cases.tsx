import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigate } from '../../../app/navigation.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { Money } from '../../../ui/money.tsx'
import classes from './feeds.module.css'

/** The cases for which a file brought a proposal; a click opens one. */
export function FeedCases({ claimIds }: { readonly claimIds: readonly string[] }) {
  const { t } = useTranslation('verification')
  if (claimIds.length === 0) return null
  return (
    <ul className={classes.cases} aria-label={t('feeds.openCases')}>
      {claimIds.map((id) => (
        <FeedCase key={id} claimId={id} />
      ))}
    </ul>
  )
}

function FeedCase({ claimId }: { readonly claimId: string }) {
  const navigate = useNavigate()
  const claim = useReplica((view) => view.find('outcomeClaims', claimId), [claimId])
  const household = useReplica((view) => (claim ? view.find('households', claim.householdId)?.name : undefined), [claim])
  if (!claim) return null
  return (
    <li>
      <Anchor component="button" type="button" size="sm" data-testid="feed-case" onClick={() => navigate(`verification/${claimId}`)}>
        {household} · <Money minor={claim.claimedMinor} currency={claim.currency} />
      </Anchor>
    </li>
  )
}
