import { useState } from 'react'
import { useRoute } from '../../app/navigation.ts'
import { FeedsTab } from './feeds/feeds-tab.tsx'
import { useFeedImport } from './feeds/use-feed-import.ts'
import { allOpen } from './queue/queue-filter.ts'
import { QueueTab } from './queue/queue-tab.tsx'
import classes from './verification-screen.module.css'

/** Routes: 'verification', 'verification/<claimId>', 'verification/feeds'. Filters outlive a look at the statement files, and what went wrong with these one at the cases. */
export function VerificationScreen() {
  const { segments } = useRoute()
  const [filter, setFilter] = useState(allOpen)
  const feed = useFeedImport()
  return (
    <div className={classes.screen} data-testid="verification-screen">
      {segments[1] === 'feeds' ? <FeedsTab feed={feed} /> : <QueueTab claimId={segments[1] ?? null} filter={filter} onFilter={setFilter} />}
    </div>
  )
}
