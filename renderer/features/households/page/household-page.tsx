import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Colleague } from '../../../../shared/domain/colleague/colleague.ts'
import { useReplica } from '../../../db/use-replica.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { AccountsSection } from '../accounts/accounts-section.tsx'
import { ClaimsSection } from '../claims/claims-section.tsx'
import { CoverageSection } from '../coverage/coverage-section.tsx'
import { PeopleSection } from '../people/people-section.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { FollowUpsSection } from './follow-ups-section.tsx'
import { HouseholdHead } from './household-head.tsx'
import classes from './household-page.module.css'

/** Everything about one household: what is open first, then its contacts, then its people, accounts and coverage. */
export function HouseholdPage({ householdId, self }: { readonly householdId: string; readonly self: Colleague }) {
  const { t } = useTranslation('households')
  const [page, setPage] = useState<HTMLElement | null>(null)
  const household = useReplica((view) => view.find('households', householdId), [householdId])
  if (!household) return <EmptyState title={t('empty.missing')} hint={t('empty.missingHint')} />
  const seesContacts = self.role !== 'service' && self.role !== 'controller'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section ref={setPage} className={classes.page} tabIndex={0} aria-label={household.name} data-testid="household-page">
      <HouseholdHead household={household} self={self} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {seesContacts && <FollowUpsSection householdId={householdId} self={self} />}
          {self.role !== 'service' && <ClaimsSection householdId={householdId} self={self} />}
          {seesContacts && <Timeline householdId={householdId} self={self} scroller={page} />}
        </div>
        <div className={classes.side}>
          <PeopleSection household={household} self={self} />
          <AccountsSection household={household} self={self} />
          {self.role !== 'controller' && <CoverageSection household={household} self={self} />}
        </div>
      </div>
    </section>
  )
}
