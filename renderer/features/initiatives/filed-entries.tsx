import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactEntry } from '../../../shared/domain/contact/contact-entry.ts'
import { navigate } from '../../app/navigation.ts'
import type { EntryFacts } from '../../db/entry-facts.ts'
import { useReplica } from '../../db/use-replica.ts'
import { ClaimStateTag } from '../../ui/claim-state-tag.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { Section } from '../../ui/section.tsx'
import { useFormat } from '../../ui/use-format.ts'
import classes from './initiatives.module.css'

/** So many at first; an initiative may gather hundreds. */
const NEWEST_COUNT = 25

/** The contacts under an initiative that this person sees, newest first. */
export function FiledEntries({ initiativeId }: { readonly initiativeId: string }) {
  const { t } = useTranslation('initiatives')
  const [isWhole, setIsWhole] = useState(false)
  const entries = useReplica(
    (view) =>
      view
        .listEntryFacts()
        .filter((e) => e.initiativeId === initiativeId && e.state === 'active')
        .sort((a, b) => b.occurredAtMs - a.occurredAtMs),
    [initiativeId],
  )
  const shown = isWhole ? entries : entries.slice(0, NEWEST_COUNT)
  return (
    <Section title={t('entries')} count={entries.length} testId="initiative-entries">
      {entries.length === 0 && <EmptyState isCompact title={t('empty.entries')} hint={t('empty.entriesHint')} />}
      <ul className={classes.entries}>
        {shown.map((entry) => (
          <FiledEntry key={entry.id} facts={entry} />
        ))}
      </ul>
      {entries.length > NEWEST_COUNT && (
        <button type="button" className={classes.more} onClick={() => setIsWhole((whole) => !whole)}>
          {isWhole ? t('showLess') : t('showAll', { count: entries.length })}
        </button>
      )}
    </Section>
  )
}

function FiledEntry({ facts }: { readonly facts: EntryFacts }) {
  const entry = useReplica((view) => view.find('contactEntries', facts.id), [facts])
  return entry && <FiledEntryLine entry={entry} />
}

function FiledEntryLine({ entry }: { readonly entry: ContactEntry }) {
  const format = useFormat()
  const household = useReplica((view) => view.find('households', entry.householdId)?.name, [entry.householdId])
  const author = useReplica((view) => view.find('colleagues', entry.authorId)?.name, [entry.authorId])
  const claims = useReplica((view) => entry.claimIds.map((id) => view.find('outcomeClaims', id)).filter((c) => c !== undefined), [entry])
  return (
    <li>
      <UnstyledButton className={classes.entry ?? ''} data-testid="initiative-entry" onClick={() => navigate(`households/${entry.householdId}`)}>
        <span className={classes.name}>{household}</span>
        <span className={classes.metaEnd}>{format.instant(entry.occurredAtMs, entry.zone)}</span>
        <span className={classes.meta}>{[entry.subject, author].filter(Boolean).join(' · ')}</span>
        <span className={classes.claims}>
          {claims.map((claim) => (
            <span key={claim.id} className={classes.claim}>
              <Money minor={claim.claimedMinor} currency={claim.currency} />
              <ClaimStateTag state={claim.state} />
            </span>
          ))}
        </span>
      </UnstyledButton>
    </li>
  )
}
